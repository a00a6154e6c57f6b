"""One thing a person may say, with the places of its arguments.

Arguments are kept as places in the text (start, end), not as strings, so that every change to the text (a slot filled, a
typo, other case) moves them along and they stay what the model has to copy, letter by letter.
"""

import json
import random
import re
from dataclasses import dataclass, field

SITUATIONS = ["none", "after_image", "after_results", "after_styles", "after_error"]

# Argument names of each tool, in the order in which the model writes them.
ARGUMENTS = {
    "generate": ["prompt", "negative_prompt", "style", "aspect", "count", "generation"],
    "get_styles": ["query"],
    "apply_style": ["style_name", "generation"],
    "enhance_prompt": ["user_input"],
    "search_history": ["query"],
    "analyze_image": ["generation", "question"],
    "reply": [],
}
TOOLS = list(ARGUMENTS)

ASPECTS = ["portrait", "landscape", "square"]
MOST_PICTURES = 4

NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        "one first|two second|three third|four fourth|five fifth|six sixth|seven seventh|eight eighth|nine ninth"
        "|ten tenth|eleven eleventh|twelve twelfth|thirteen thirteenth|fourteen fourteenth|fifteen fifteenth".split("|"),
        start=1,
    )
    for word in words.split()
}


class BadLine(ValueError):
    """A line of the phrasings that cannot be used, with the reason."""


@dataclass
class Line:
    text: str
    tool: str
    situation: str
    spans: dict = field(default_factory=dict)  # argument -> (start, end) in text
    fixed: dict = field(default_factory=dict)  # argument -> value that is no span: aspect, count, a number said in words
    answer: str = ""  # what is said where no tool is called
    source: str = ""

    def copy(self):
        return Line(self.text, self.tool, self.situation, dict(self.spans), dict(self.fixed), self.answer, self.source)

    def replace(self, start, end, new):
        """Puts `new` in the place of text[start:end] and moves every span along."""
        shift = len(new) - (end - start)
        self.text = self.text[:start] + new + self.text[end:]

        def moved(span):
            first, last = span
            if last <= start and not (start == end == last):
                return span
            if first >= end and not (start == end == first == last):
                return (first + shift, last + shift)
            return (min(first, start), max(last, end) + shift)

        self.spans = {name: moved(span) for name, span in self.spans.items()}

    def value(self, argument):
        if argument in self.spans:
            start, end = self.spans[argument]
            return self.text[start:end]
        return self.fixed.get(argument)

    def arguments(self):
        """The call's arguments in the order of writing."""
        pairs = [(name, self.value(name)) for name in ARGUMENTS[self.tool]]
        return {name: value for name, value in pairs if value is not None}


def find_span(text, value):
    """The first place of `value` that begins and ends at the border of a word, else the first place at all."""
    pattern = re.escape(value)
    before = r"(?<!\w)" if re.match(r"\w", value) else ""
    after = r"(?!\w)" if re.search(r"\w$", value) else ""
    found = re.search(before + pattern + after, text) or re.search(pattern, text)
    if not found:
        raise BadLine(f"not in the words: {value!r}")
    return found.span()


def read_line(record, source):
    """Turns one record of the phrasings into a line; raises BadLine where it breaks their rules."""
    tool, situation = record["tool"], record.get("context", "none")
    if tool not in ARGUMENTS or situation not in SITUATIONS:
        raise BadLine(f"unknown tool or context: {tool}, {situation}")
    line = Line(record["say"], tool, situation, answer=record.get("text", ""), source=source)
    if tool == "reply" and not line.answer:
        raise BadLine("a reply without text")
    for given, value in record["arguments"].items():
        name = {"image": "generation", "number": "generation"}.get(given, given)
        if name not in ARGUMENTS[tool]:
            raise BadLine(f"{tool} has no argument {given}")
        if value in ("", None):
            continue
        if name == "aspect":
            if value not in ASPECTS:
                raise BadLine(f"no aspect: {value}")
            line.fixed[name] = value
        elif name == "count":
            line.fixed[name] = max(1, min(MOST_PICTURES, int(value)))
        elif name == "generation":
            read_number(line, str(value))
        else:
            line.spans[name] = find_span(line.text, value)
    return line


def read_number(line, number):
    """A picture's number stands in the words as digits (a span) or as a word (a fixed value)."""
    digits = re.search(rf"(?<![\d]){re.escape(number)}(?!\d)", line.text)
    if digits:
        line.spans["generation"] = digits.span()
    elif any(NUMBER_WORDS.get(word) == int(number) for word in re.findall(r"[a-z]+", line.text.lower())):
        line.fixed["generation"] = number
    else:
        raise BadLine(f"number {number} is not in the words")


def read_files(files, report=print):
    """Reads JSON Lines files; lines that break the rules are reported and left out."""
    lines, seen = [], set()
    for file in files:
        for number, text in enumerate(open(file, encoding="utf8"), start=1):
            if not text.strip():
                continue
            try:
                record = json.loads(text)
                line = read_line(record, file.name)
                key = (line.text, line.situation)
                if key not in seen:
                    seen.add(key)
                    lines.append(line)
            except (BadLine, KeyError, ValueError, TypeError, AttributeError) as problem:
                report(f"{file.name}:{number}: left out: {problem}")
    return lines


def to_record(line):
    record = {"say": line.text, "tool": line.tool, "arguments": line.arguments(), "context": line.situation}
    return record | ({"text": line.answer} if line.answer else {})


def seeded(text):
    return random.Random(text)
