"""Writes a line as the prompt and the answer that the model sees: ChatML with the field's tool calls.

    <|im_start|>system\n{situation}<|im_end|>\n<|im_start|>user\n {words}<|im_end|>\n<|im_start|>assistant\n

The words follow a space, and so does every value that is copied from them: a copied word then has the same tokens in both
places, which is what makes exact copying easy to learn.
"""

import json
import re

from tokenizer import CALL, CALL_END, IM_END, IM_START

DROP = 0.1


def prompt(tokenizer, situation, words, encode=None):
    encode = encode or tokenizer.encode
    return (
        [IM_START, *tokenizer.encode(f"system\n{situation}"), IM_END, *tokenizer.encode("\n")]
        + [IM_START, *tokenizer.encode("user\n"), *encode(" " + words), IM_END, *tokenizer.encode("\n")]
        + [IM_START, *tokenizer.encode("assistant\n")]
    )


def outcome_prompt(tokenizer, outcome):
    """What stands between a call and what is said of its outcome."""
    return (
        [*tokenizer.encode("\n"), IM_START, *tokenizer.encode(f"tool\n{outcome}"), IM_END, *tokenizer.encode("\n")]
        + [IM_START, *tokenizer.encode("assistant\n")]
    )


def normal_space(line):
    """Single spaces and none around, as the worker sends the words."""
    for found in reversed(list(re.finditer(r"\s+", line.text))):
        edge = found.start() == 0 or found.end() == len(line.text)
        line.replace(found.start(), found.end(), "" if edge else " ")
    return line


def written(line, name):
    """The value after a space, as nearly every word stands in the person's text."""
    return " " + line.value(name)


def call(tokenizer, tool, values, encode=None):
    """Token ids of a call; `values` is a list of (argument, text, kind), kind one of span, text, number."""
    encode = encode or tokenizer.encode
    ids = [CALL, *tokenizer.encode('{"name": "%s", "arguments": {' % tool)]
    before = ""
    for name, value, kind in values:
        ids += tokenizer.encode(f'{before}"{name}": ' + ("" if kind == "number" else '"'))
        if kind == "span":
            ids += encode(json.dumps(value, ensure_ascii=False)[1:-1])
        else:
            ids += tokenizer.encode(str(value))
        before = ", " if kind == "number" else '", '
    return ids + tokenizer.encode(before.removesuffix(", ") + "}}") + [CALL_END, IM_END]


def values_of(line):
    kinds = {"count": "number"}
    return [
        (name, written(line, name) if name in line.spans else value, "span" if name in line.spans else kinds.get(name, "text"))
        for name, value in line.arguments().items()
    ]


def answer(tokenizer, line, encode=None):
    if line.tool == "reply":
        return [*tokenizer.encode(line.answer), IM_END]
    return call(tokenizer, line.tool, values_of(line), encode)


def sequence(tokenizer, line, random=None, outcomes=()):
    """(ids, part) of a whole example: part is 0 for the frame, 1 for the person's words, 2 for what the model must decide,
    3 for the sentences it says.

    `outcomes` is a list of (outcome, text) that follow; a text of None stands for the call of generate after apply_style.
    """
    seen = {}
    encode = (lambda text: tokenizer.encode(text, seen, DROP, random)) if random else tokenizer.encode
    line = normal_space(line)
    before, said = prompt(tokenizer, line.situation, line.text, encode), answer(tokenizer, line, encode)
    words = len(encode(" " + line.text))
    tail = 2 + len(tokenizer.encode("\n")) + len(tokenizer.encode("assistant\n"))
    ids = before + said
    part = [0] * (len(before) - words - tail) + [1] * words + [0] * tail + parts_of(said)
    for outcome, text in outcomes:
        frame = outcome_prompt(tokenizer, outcome)
        said = call(tokenizer, "generate", []) if text is None else [*tokenizer.encode(text), IM_END]
        ids, part = ids + frame + said, part + [0] * len(frame) + parts_of(said)
    return ids, part



def parts_of(said):
    """All of a call is decided; of a sentence, that it is one: its first token."""
    return [2] * len(said) if said[0] == CALL else [2] + [3] * (len(said) - 1)
