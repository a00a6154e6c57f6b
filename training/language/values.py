"""Fills slots: with what people wrote in the same place elsewhere, with descriptions put together from words, and with made-up
words, so that the model learns to copy what it has never seen."""

import random
import re

from words import ACTIONS, ADJECTIVES, LIGHTS, NOUNS, PLACES, STYLES, UNWANTED

SLOT = re.compile(r"\{(P2|P|S|Q|NEG|X|I)\}")
SOUNDS = "b c d f g h j k l m n p r s t v w z br cr dr fl gr kl pl sh st th tr ch sk sn".split()
VOWELS = "a e i o u ai ea ee ie oo ou".split()
ENDINGS = ["", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck", "ng", "x", "rd"]

# Which argument of which tool gives values for which slot.
HARVEST = {"prompt": "P", "user_input": "P", "style": "S", "style_name": "S", "negative_prompt": "NEG"}


def made_up_word(random):
    word = "".join(
        random.choice(SOUNDS) + random.choice(VOWELS) + random.choice(ENDINGS) for _ in range(random.choice([1, 2, 2, 3]))
    )
    return word.capitalize() if random.random() < 0.15 else word


class Values:
    """Values for each slot; `lines` are those whose words may be used."""

    def __init__(self, lines):
        self.bank = {slot: set() for slot in ("P", "S", "Q", "NEG", "X")}
        for line in lines:
            for name in line.spans:
                value = line.value(name).strip(" .,!?;:")
                if SLOT.search(value) or not value or '"' in value:
                    continue
                if name == "query":
                    self.bank["S" if line.tool == "get_styles" and len(value) < 20 else "Q"].add(value)
                elif name in HARVEST and len(value) < 110:
                    self.bank[HARVEST[name]].add(value)
        self.bank["S"].update(STYLES)
        self.bank["NEG"].update(UNWANTED)
        self.bank = {slot: sorted(values) for slot, values in self.bank.items()}

    def noun(self, random):
        return made_up_word(random) if random.random() < 0.15 else random.choice(NOUNS)

    def thing(self, random):
        """A noun with perhaps an adjective, without article."""
        adjective = made_up_word(random) if random.random() < 0.1 else random.choice(ADJECTIVES)
        return f"{adjective} {self.noun(random)}" if random.random() < 0.4 else self.noun(random)

    def built(self, random):
        """A description built from words: from one word to a list of wishes."""
        article = random.choice(["a ", "a ", "a ", "the ", "an old ", "two ", "three ", "my ", "some ", "", ""])
        text = article + self.thing(random)
        if random.random() < 0.45:
            text += " " + random.choice(ACTIONS)
        if random.random() < 0.4:
            text += " " + random.choice(PLACES)
        if random.random() < 0.15:
            text += random.choice([" and ", " with ", " next to ", " on "]) + random.choice(["a ", "the "]) + self.thing(random)
        while random.random() < 0.12:
            text += ", " + random.choice(LIGHTS)
        return text

    def pick(self, slot, random):
        if slot == "I":
            return str(random.choice([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, random.randint(10, 120)]))
        slot = "P" if slot == "P2" else slot
        bank = self.bank[slot]
        if bank and random.random() < 0.55:
            return random.choice(bank)
        if slot == "P":
            return self.built(random)
        if slot == "S":
            return made_up_word(random) if random.random() < 0.15 else random.choice(bank)
        if slot == "NEG":
            return self.thing(random) if random.random() < 0.5 else random.choice(bank)
        if slot == "Q":
            text = self.thing(random)
            return text + (" " + random.choice(PLACES + ACTIONS) if random.random() < 0.3 else "")
        return self.thing(random)

    def fill(self, line, random):
        """A copy of the line with every slot filled."""
        line = line.copy()
        while found := SLOT.search(line.text):
            line.replace(found.start(), found.end(), self.pick(found.group(1), random))
        return line

    def exchange(self, line, random):
        """Puts another value of the same kind in the place of a value that was written out in the line."""
        kinds = {"query": "S" if line.tool == "get_styles" else "Q", **HARVEST}
        names = [name for name in line.spans if name in kinds]
        for name in names:
            others = [span for other, span in line.spans.items() if other != name]
            start, end = line.spans[name]
            overlaps = any(first < end and start < last for first, last in others)
            context_bound = line.tool == "generate" and line.situation != "none" and end - start < 25
            if not overlaps and not context_bound and random.random() < 0.8:
                value = self.pick(kinds[name], random)
                if name == "user_input" or '"' not in value:
                    line.replace(start, end, value)
        return line
