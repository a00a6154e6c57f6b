"""Prints the words of the model for its manifest: python -m export.words

`words` change a picture; `harmless` are known, and change nothing.
"""

import json

from text.meanings import harmless_words, known_words

print(json.dumps({"words": known_words(), "harmless": harmless_words()}, indent=2))
