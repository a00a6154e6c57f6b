"""Where a scene can be: each place says what can be there and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from ..pen import Pen
from .sky import Air, WEATHERS


@dataclass(frozen=True)
class Place:
    name: str
    #: Draws everything behind the subject.
    draw: Callable[[Pen, Air], None]
    #: Where subjects of each home have their foot, as a share of the height from the top.
    feet: dict[str, float]
    #: The weathers and times it can have; indoors, under water and in space have none of their own.
    weathers: tuple[str, ...]
    times: tuple[str, ...]


PLACES: dict[str, Place] = {}
ALL_TIMES = ("day", "morning", "sunset", "night")


def place(name: str, feet: dict[str, float], weathers: tuple[str, ...] = WEATHERS, times: tuple[str, ...] = ALL_TIMES):
    """Registers a function that draws a place over the whole picture, in the measure of Air."""

    def register(draw: Callable[[Pen, Air], None]) -> Callable[[Pen, Air], None]:
        PLACES[name] = Place(name, draw, feet, weathers, times)
        return draw

    return register
