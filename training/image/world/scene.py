"""A scene: what is where, in what light. Drawing one gives three layers, so that styles can treat them apart."""

from dataclasses import dataclass, field
from random import Random

import cairo
import numpy as np

from .palette import COLORS
from .pen import Pen
from .places import PLACES
from .places.sky import Air, draw_weather
from .subjects import SUBJECTS

SIZES = {"small": 0.34, "medium": 0.52, "large": 0.7}
POSITIONS = {"left": 0.27, "center": 0.5, "right": 0.73}

#: What the light of a time of day does to a subject, by channel; its colour stays its colour.
LIGHT = {"day": (1.0, 1.0, 1.0), "morning": (1.0, 0.97, 0.93), "sunset": (1.0, 0.9, 0.84), "night": (0.74, 0.77, 0.92)}


@dataclass(frozen=True)
class Figure:
    """A subject in a scene."""

    subject: str
    color: str
    size: str = "medium"
    position: str = "center"


@dataclass(frozen=True)
class Scene:
    place: str
    time: str
    weather: str
    figures: tuple[Figure, ...]
    style: str = "plain"
    #: Everything that is left to chance follows from it.
    seed: int = 0


@dataclass
class Layers:
    """`background` and `figures` as height x width x 3 and x 4, `front` x 4; floats from 0 to 1, alpha multiplied in."""

    background: np.ndarray
    figures: np.ndarray
    front: np.ndarray
    #: Of each figure, in pixels: left, top, right, bottom.
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def mask(self) -> np.ndarray:
        return self.figures[..., 3:]

    def flat(self) -> np.ndarray:
        picture = self.background * (1 - self.figures[..., 3:]) + self.figures[..., :3]
        return np.clip(picture * (1 - self.front[..., 3:]) + self.front[..., :3], 0, 1)


def draw_layers(scene: Scene, width: int, height: int) -> Layers:
    """Draws a scene in pixels; the shorter side is the measure of everything in it."""
    random = Random(scene.seed)
    place, unit = PLACES[scene.place], min(width, height)
    air = Air(scene.time, scene.weather, width / unit, height / unit)
    background = _paint(width, height, unit, random, lambda pen: (place.draw(pen, air), _shadows(pen, scene, air)))
    boxes: list[tuple[float, float, float, float]] = []
    figures = _paint(width, height, unit, random, lambda pen: _figures(pen, scene, air, boxes))
    figures[..., :3] *= np.array(LIGHT[scene.time], np.float32) if scene.place != "space" else 1.0
    front = _paint(width, height, unit, random, lambda pen: (_waterline(pen, scene, air), draw_weather(pen, air)))
    return Layers(background[..., :3], figures, front, [tuple(side * unit for side in box) for box in boxes])  # type: ignore[misc]


def _paint(width: int, height: int, unit: int, random: Random, draw) -> np.ndarray:
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
    context = cairo.Context(surface)
    context.scale(unit, unit)
    draw(Pen(context, random))
    surface.flush()
    pixels = np.ndarray((height, surface.get_stride() // 4, 4), np.uint8, surface.get_data())[:, :width]
    # Cairo keeps blue first.
    return pixels[..., [2, 1, 0, 3]].astype(np.float32) / 255


def home_of(scene: Scene, figure: Figure) -> str:
    """Where in its place a figure is: the first home that both know, the same for the same seed."""
    both = sorted(SUBJECTS[figure.subject].homes & PLACES[scene.place].feet.keys())
    return both[scene.seed % len(both)]


def _spot(scene: Scene, figure: Figure, air: Air) -> tuple[float, float, float]:
    """Foot (x, y) and height of a figure. A wide one is made smaller, so that it stays in the picture."""
    random = Random(scene.seed * 31 + hash_of(figure))
    subject, alone = SUBJECTS[figure.subject], len(scene.figures) == 1
    size = SIZES[figure.size] * random.uniform(0.94, 1.06)
    room = (0.94 if alone else 0.47) * air.width
    size = min(size, room / subject.breadth, 0.86 * air.height) if alone else min(size, room / subject.breadth)
    x = POSITIONS[figure.position] * air.width + random.uniform(-0.03, 0.03) * air.width
    reach = size * subject.breadth * 0.5 + 0.02
    x = min(max(x, reach), air.width - reach)
    foot = PLACES[scene.place].feet[home_of(scene, figure)] * air.height
    if home_of(scene, figure) in ("air", "deep") or scene.place == "space":
        # What floats is held in the middle of the height, whatever its size.
        foot = air.height * random.uniform(0.44, 0.52) + size * 0.5
    return x, min(foot, air.height * 0.97), size


def hash_of(figure: Figure) -> int:
    """Python's own hash of a text changes from run to run."""
    return sum(ord(letter) * (index + 7) for index, letter in enumerate(f"{figure.subject} {figure.position}"))


def _figures(pen: Pen, scene: Scene, air: Air, boxes: list[tuple[float, float, float, float]]) -> None:
    for figure in scene.figures:
        x, foot, size = _spot(scene, figure, air)
        subject = SUBJECTS[figure.subject]
        pen.context.save()
        pen.context.translate(x, foot)
        pen.context.scale(size if scene.seed % 2 == 0 else -size, size)
        subject.draw(Pen(pen.context, Random(scene.seed)), COLORS[figure.color])
        pen.context.restore()
        half = size * subject.breadth / 2
        boxes.append((x - half, foot - size, x + half, foot))


def _shadows(pen: Pen, scene: Scene, air: Air) -> None:
    for figure in scene.figures:
        if home_of(scene, figure) != "ground" or scene.place in ("space",):
            continue
        x, foot, size = _spot(scene, figure, air)
        breadth = size * SUBJECTS[figure.subject].breadth
        shade = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
        shade.add_color_stop_rgba(0, 0.05, 0.04, 0.12, 0.5)
        shade.add_color_stop_rgba(1, 0.05, 0.04, 0.12, 0)
        pen.context.save()
        pen.context.translate(x + breadth * 0.06, foot)
        pen.context.scale(breadth * 0.58, size * 0.075)
        pen.context.arc(0, 0, 1, 0, 6.2832)
        pen.context.set_source(shade)
        pen.context.fill()
        pen.context.restore()


def _waterline(pen: Pen, scene: Scene, air: Air) -> None:
    for figure in scene.figures:
        if home_of(scene, figure) != "water" or scene.place == "space":
            continue
        x, foot, size = _spot(scene, figure, air)
        half = size * SUBJECTS[figure.subject].breadth * 0.5
        for row, (width, shade) in enumerate(((1.0, 0.8), (0.8, 0.65), (0.55, 0.5))):
            y = foot - size * 0.02 + row * size * 0.045
            color = tuple(shade * light for light in LIGHT[scene.time])
            pen.line([(x - half * width, y), (x, y + size * 0.025), (x + half * width, y)], size * 0.022, color)  # type: ignore[arg-type]
