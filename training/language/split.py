"""Sets lines aside: a tenth of the first phrasings for the test, and a twentieth of all others to choose settings on.

Near copies stay on one side. Two lines are near copies where their letters' 4-grams overlap by half or more; chains of near
copies make one group, and the group's hash decides. The test lines are written to phrasings/test.jsonl once; lines that come
later are left out of the training where they are near copies of a test line.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict

NEAR = 0.5
COMMON_GRAM = 80  # 4-grams in more lines than this say nothing about likeness


def skeleton(text):
    text = re.sub(r"\{\w+\}", "§", text.lower())
    text = re.sub(r"\d+", "#", text)
    return re.sub(r"[^\w§# ]+", "", re.sub(r"\s+", " ", text)).strip()


def grams(text):
    text = f" {skeleton(text)} "
    return {text[i : i + 4] for i in range(max(1, len(text) - 3))}


def near_pairs(texts):
    """Yields index pairs of near copies, found through their rarer 4-grams."""
    sets = [grams(text) for text in texts]
    places = defaultdict(list)
    for index, found in enumerate(sets):
        for gram in found:
            places[gram].append(index)
    exact = defaultdict(list)
    for index, text in enumerate(texts):
        exact[skeleton(text)].append(index)
    for same in exact.values():
        yield from ((same[0], other) for other in same[1:])
    for index, found in enumerate(sets):
        shared = Counter()
        for gram in found:
            if len(places[gram]) <= COMMON_GRAM:
                shared.update(other for other in places[gram] if other < index)
        for other, count in shared.items():
            if count >= 2 and len(found & sets[other]) >= NEAR * len(found | sets[other]):
                yield index, other


def groups(texts):
    """A number for each text; near copies share it."""
    parent = list(range(len(texts)))

    def root(index):
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in near_pairs(texts):
        parent[root(one)] = root(other)
    return [root(index) for index in range(len(texts))]


def share(text):
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def group_share(texts, group):
    """For each text the share of its group: that of the group's alphabetically first skeleton."""
    names = {}
    for text, number in zip(texts, group):
        name = skeleton(text)
        names[number] = min(names.get(number, name), name)
    return [share(names[number]) for number in group]


def choose_test(lines, kept_in_training):
    """The lines of the held-out tenth; groups with a line of `kept_in_training` are never among them."""
    texts = [line.text for line in lines] + list(kept_in_training)
    group = groups(texts)
    shown = set(group[len(lines) :])
    shares = group_share(texts, group)
    return [line for index, line in enumerate(lines) if group[index] not in shown and shares[index] < 0.1]


def divide(lines, test):
    """(training, validation): the lines that are no near copies of a test line; validation is a twentieth of the groups."""
    texts = [line.text for line in lines] + [line.text for line in test]
    group = groups(texts)
    held_out = set(group[len(lines) :])
    shares = group_share(texts, group)
    rest = [index for index in range(len(lines)) if group[index] not in held_out]
    validation = [lines[index] for index in rest if shares[index] >= 0.95]
    training = [lines[index] for index in rest if shares[index] < 0.95]
    return training, validation


def read_texts(file):
    return [json.loads(text)["say"] for text in open(file, encoding="utf8") if text.strip()]
