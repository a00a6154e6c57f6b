"""Captions of scenes in the many forms in which people ask for pictures.

A caption never tells a colour that is not the subject's, and may leave out nearly everything; what it leaves out the
model is free to choose.
"""

from dataclasses import dataclass, field
from random import Random

from world.scene import Figure, Scene

from .vocabulary.harmless import ADJECTIVES, JOINS, OPENINGS, TAGS, VERBS
from .vocabulary.looks import COLORS, POSITIONS, SIZES, STYLES
from .vocabulary.scenery import PLACES, TIME_WORDS, TIMES, WEATHER_WORDS, WEATHERS
from .vocabulary.subjects import SUBJECTS


@dataclass
class Caption:
    text: str
    #: What of the scene the text tells: of each figure the attributes, and of the scene the attributes.
    figures: list[set[str]] = field(default_factory=list)
    scene: set[str] = field(default_factory=set)


def caption(scene: Scene, random: Random, plain_words: bool = False) -> Caption:
    """Tells a scene in words. `plain_words` takes the first name of everything and leaves nothing out."""
    told = Caption("")
    writer = _Writer(random, plain_words, told)
    figures = [writer.figure(figure, alone=len(scene.figures) == 1) for figure in scene.figures]
    details = writer.details(scene, needed=not figures)
    style = writer.style(scene.style)
    if not plain_words and random.random() < 0.14:
        parts = [*writer.shuffled(figures + details), *([style] if style else [])]
        told.text = ", ".join(parts)
        return told
    subject = f" {'and' if plain_words else random.choice(JOINS)} ".join(figures).replace(" , ", ", ")
    if not plain_words and figures and random.random() < 0.2:
        subject += f" {random.choice(VERBS)}"
    body = " ".join([subject, *details]).strip()
    if details and figures and random.random() < 0.06:
        # "in the snow, a red house"
        body = f"{' '.join(details)}, {subject}"
    told.text = writer.styled(body, style)
    if not plain_words and random.random() < 0.1:
        told.text += ", " + random.choice(TAGS)
    return told


class _Writer:
    def __init__(self, random: Random, plain_words: bool, told: Caption):
        self.random = random
        self.plain_words = plain_words
        self.told = told

    def figure(self, figure: Figure, alone: bool) -> str:
        """`alone`: where a second figure is beside it, size and side follow from that and are told less often."""
        told = {"subject"}
        self.told.figures.append(told)
        words = []
        if self._says(0.9 if figure.size != "medium" else 0.04) and alone:
            words.append(self._word(SIZES[figure.size]))
            told.add("size")
        if not self.plain_words and self.random.random() < 0.18:
            words.append(self.random.choice(ADJECTIVES))
        name = self._word(SUBJECTS[figure.subject])
        after = ""
        if self._says(0.88):
            told.add("color")
            color = self._word(COLORS[figure.color])
            if not self.plain_words and self.random.random() < 0.06:
                after = f" in {color}" if self.random.random() < 0.5 else f" that is {color}"
            else:
                words.append(color)
        side = ""
        if self._says((0.85 if figure.position != "center" else 0.04) if alone else 0.2):
            side = " " + self._word(POSITIONS[figure.position])
            told.add("position")
        return self._article(" ".join([*words, name])) + after + side

    def details(self, scene: Scene, needed: bool) -> list[str]:
        """Place, time and weather, each where it has one worth telling."""
        parts = []
        words = []
        if needed or self._says(0.86):
            parts.append(self._word(PLACES[scene.place]))
            self.told.scene.add("place")
        changing = scene.place not in ("space", "underwater")
        if changing and self._says({"day": 0.2}.get(scene.time, 0.86)):
            self.told.scene.add("time")
            self._detail(scene.time, TIMES, TIME_WORDS, parts, words)
        if changing and scene.place != "room" and self._says({"clear": 0.08}.get(scene.weather, 0.92)):
            self.told.scene.add("weather")
            self._detail(scene.weather, WEATHERS, WEATHER_WORDS, parts, words)
        if words:
            parts.append(f"on a {' '.join(words)} {'evening' if scene.time == 'sunset' else 'night' if scene.time == 'night' else 'day'}")
            self.told.scene.add("time")
        return parts

    def style(self, style: str) -> str:
        if style == "plain" and not self._says(0.12):
            return ""
        self.told.scene.add("style")
        return self._word(STYLES[style])

    def styled(self, body: str, style: str) -> str:
        """The style first, last, or in a sentence of its own."""
        random = self.random
        opening = "" if self.plain_words else random.choice(OPENINGS)
        if style == "":
            return f"{opening} {body}".strip()
        form = 0 if self.plain_words else random.randrange(6)
        if form <= 1:
            return f"{opening} {body}, {style}".strip()
        if form == 2:
            return f"{self._article(style)} of {body}"
        if form == 3:
            return f"{style} of {body}"
        if form == 4:
            return f"{opening} {body} in {style} style".strip()
        return f"{style}, {body}"

    def shuffled(self, parts: list[str]) -> list[str]:
        if not self.plain_words:
            self.random.shuffle(parts)
        return parts

    def _detail(self, value: str, phrases: dict, single: dict, parts: list[str], words: list[str]) -> None:
        if not self.plain_words and self.random.random() < 0.25:
            words.append(self.random.choice(single[value]))
        else:
            parts.append(self._word(phrases[value]))

    def _says(self, share: float) -> bool:
        return self.plain_words and share > 0.5 or not self.plain_words and self.random.random() < share

    def _word(self, words: tuple[str, ...]) -> str:
        """The first half of the time: it is what most people write."""
        return words[0] if self.plain_words or self.random.random() < 0.4 else self.random.choice(words)

    def _article(self, words: str) -> str:
        draw = 1.0 if self.plain_words else self.random.random()
        if draw < 0.1:
            return words
        if draw < 0.2:
            return f"the {words}"
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
