"""What can be drawn: each subject knows where it can be and how large it is beside others."""

from collections.abc import Callable
from dataclasses import dataclass

from ..palette import Color
from ..pen import Pen


@dataclass(frozen=True)
class Subject:
    name: str
    draw: Callable[[Pen, Color], None]
    #: Where it can be: any of ground, water, air, deep (under water). In space everything floats.
    homes: frozenset[str]
    #: Width to height, so that it fits into the picture.
    breadth: float


SUBJECTS: dict[str, Subject] = {}


def subject(name: str, homes: str = "ground", breadth: float = 1.0):
    """Registers a function that draws a subject in its own measure, see Pen."""

    def register(draw: Callable[[Pen, Color], None]) -> Callable[[Pen, Color], None]:
        SUBJECTS[name] = Subject(name, draw, frozenset(homes.split()), breadth)
        return draw

    return register
