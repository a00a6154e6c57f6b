"""Which words the model knows, what each means, and the rows of its table of tokens."""

import re
from collections.abc import Iterator

from .tokenizer import Tokenizer
from .vocabulary.harmless import ADJECTIVES, JOINS, OPENINGS, TAGS, VERBS
from .vocabulary.looks import COLORS, POSITIONS, SIZES, STYLES
from .vocabulary.scenery import PLACES, TIME_WORDS, TIMES, WEATHER_WORDS, WEATHERS
from .vocabulary.subjects import SUBJECTS

#: All tables of words that mean something, by what kind of thing they mean.
KINDS = {
    "subject": (SUBJECTS,),
    "color": (COLORS,),
    "size": (SIZES,),
    "position": (POSITIONS,),
    "style": (STYLES,),
    "place": (PLACES,),
    "time": (TIMES, TIME_WORDS),
    "weather": (WEATHERS, WEATHER_WORDS),
}
#: Words that only join others, although they stand in phrases that mean something.
JOINING = set("a an and around as at back be behind below between by d during for from front he her his i in into is it its late me my near of off on one out over s she so that the their them there these they this through to under up very was while with without you your".split())


def phrases() -> Iterator[tuple[str, str, str]]:
    """Kind, meaning and phrase."""
    for kind, tables in KINDS.items():
        for table in tables:
            for meaning, words in table.items():
                for phrase in words:
                    yield kind, meaning, phrase


def known_words() -> list[str]:
    """Single words that change a picture, in alphabetic order."""
    words = {word for _, _, phrase in phrases() for word in re.findall(r"[a-z]+", phrase)}
    return sorted(word for word in words - JOINING if len(word) > 1)


def harmless_words() -> list[str]:
    """Words that training strews in and that change nothing, without those that mean something elsewhere."""
    texts = (*ADJECTIVES, *VERBS, *TAGS, *OPENINGS, *JOINS)
    words = {word for text in texts for word in re.findall(r"[a-z]+", text)}
    return sorted(word for word in (words | JOINING) - set(known_words()) if len(word) > 1)


def token_rows(tokenizer: Tokenizer) -> list[int]:
    """The ids of all tokens that the model knows, in order; their rows come after those that are no words."""
    texts = [phrase for _, _, phrase in phrases()] + [*ADJECTIVES, *VERBS, *TAGS, *OPENINGS, *JOINS, *JOINING]
    # Words from a prompt stand before commas and with other endings too.
    return sorted({token for text in texts for token in tokenizer.encode(text)} | set(tokenizer.encode(", . - '")))


def token_meanings(tokenizer: Tokenizer) -> dict[int, list[tuple[str, str]]]:
    """What the tokens of each phrase mean: training starts from it instead of from nothing."""
    meanings: dict[int, list[tuple[str, str]]] = {}
    for kind, meaning, phrase in phrases():
        for word in phrase.split():
            if word not in JOINING:
                for token in tokenizer.encode(word):
                    meanings.setdefault(token, []).append((kind, meaning))
    return meanings
