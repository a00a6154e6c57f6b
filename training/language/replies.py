"""Collects the sentences the model may say into replies.json: what it was taught, less what is not true of this product.

    python replies.py FILE
"""

import json
import re
import sys
from pathlib import Path

import outcomes
from examples import Examples

# Claims that are wrong or cannot be kept: the chat has no settings page, photos can be edited, looks change without a restart.
UNTRUE = re.compile(
    r"settings?\b|edit your photo|edit by hand|only programs there can reach|reached from this machine only|undo|offline"
    r"|can't (?:edit|zoom|print|delete|erase)|update myself|doctor|ordinary picture viewer|microphone|shortcut"
    r"|No credits|charge|credit|never get|cannot be reached",
    re.IGNORECASE,
)
LONGEST, MOST = 130, 700


def replies(lines):
    """The sentences, those said most often first; slots and what is untrue left out."""
    count = {}
    for line in lines:
        text = line.answer
        if text and len(text) <= LONGEST and "{" not in text and not UNTRUE.search(text):
            count[text] = count.get(text, 0) + 1
    return sorted(count, key=lambda text: -count[text])[:MOST]


def collect(lines):
    after = dict(outcomes.AFTER_OUTCOME)
    after["ok results"] = outcomes.RESULTS
    after["ok results 0"] = outcomes.NO_RESULTS
    after["ok results 1"] = outcomes.ONE_RESULT
    return dict(replies=replies(lines), outcomes=after)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(collect(Examples(0).training), ensure_ascii=False, indent=0))
