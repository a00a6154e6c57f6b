"""The sky by time of day and weather, and what both do to the light."""

from dataclasses import dataclass

from ..palette import Color, lighter, mix, rgb
from ..pen import Pen

#: Top and bottom of the sky, and the tint of everything under it with its share.
TIMES: dict[str, tuple[Color, Color, Color, float]] = {
    "day": (rgb("#4da3e8"), rgb("#d2ecfb"), rgb("#ffffff"), 0.0),
    "morning": (rgb("#8fbfe6"), rgb("#fde3cf"), rgb("#ffe6d0"), 0.10),
    "sunset": (rgb("#5a3f8c"), rgb("#fb9a4a"), rgb("#f58a4a"), 0.24),
    "night": (rgb("#0a1030"), rgb("#2c3d78"), rgb("#101a4c"), 0.5),
}
WEATHERS = ("clear", "cloudy", "rain", "snow", "fog")


@dataclass(frozen=True)
class Air:
    """Time and weather of a scene. `width` and `height` of the picture, in its own measure: the shorter side is 1."""

    time: str
    weather: str
    width: float
    height: float

    @property
    def dark(self) -> bool:
        return self.time == "night"

    def toned(self, color: Color, share: float = 1.0) -> Color:
        """A colour in this light; `share` below 1 keeps more of its own."""
        _, bottom, tint, strength = TIMES[self.time]
        toned = mix(color, tuple(c * t * 1.05 if c * t < 0.95 else c * t for c, t in zip(color, tint)), min(1.0, strength * 1.9) * share)  # type: ignore[arg-type]
        if self.weather in ("cloudy", "rain"):
            grey = sum(toned) / 3
            toned = mix(toned, (grey * 0.9, grey * 0.93, grey), 0.35 * share)
        if self.weather == "fog":
            toned = mix(toned, lighter(bottom, 0.45), 0.3 * share)
        return toned


def draw_sky(pen: Pen, air: Air, horizon: float) -> None:
    """Fills the picture with sky; `horizon` is where it ends, from the top."""
    top, bottom, _, _ = TIMES[air.time]
    if air.weather in ("cloudy", "rain", "fog"):
        overcast = rgb("#3a4058") if air.dark else rgb("#a4aebb")
        top, bottom = mix(top, overcast, 0.75), mix(bottom, lighter(overcast, 0.4), 0.7)
    if air.weather == "snow" and not air.dark:
        top, bottom = mix(top, rgb("#b9cadb"), 0.7), mix(bottom, rgb("#eaf1f6"), 0.7)
    middle = mix(top, bottom, 0.45) if air.time != "sunset" or air.weather != "clear" else rgb("#e2607a")
    pen.box(0, 0, air.width, air.height, pen.blend((0, 0), (0, max(horizon, 0.3)), top, middle, bottom))
    if air.weather in ("clear", "snow"):
        _lights(pen, air, horizon)
    _clouds(pen, air, horizon)


def _lights(pen: Pen, air: Air, horizon: float) -> None:
    random = pen.random
    x = air.width * random.choice((random.uniform(0.1, 0.25), random.uniform(0.75, 0.9)))
    if air.dark:
        for _ in range(int(34 * air.width)):
            size = random.choice((0.004, 0.006, 0.009))
            pen.ellipse(random.uniform(0, air.width), random.uniform(0, horizon), size, size, rgb("#fdf7d8"))
        pen.glow(x, 0.16, 0.2, rgb("#f4efce"), 0.35)
        pen.ellipse(x, 0.16, 0.075, 0.075, rgb("#f7f1cf"))
        pen.ellipse(x - 0.02, 0.14, 0.016, 0.016, rgb("#dfd6ae"))
    elif air.time == "sunset":
        y = horizon - random.uniform(0.04, 0.12)
        pen.glow(x, y, 0.34, rgb("#ffdc7a"), 0.7)
        pen.ellipse(x, y, 0.085, 0.085, rgb("#fff0a8"))
    elif air.weather == "clear":
        y = 0.14 if air.time == "day" else horizon - 0.12
        pen.glow(x, y, 0.22, rgb("#fff6c0"), 0.6)
        pen.ellipse(x, y, 0.07, 0.07, rgb("#fff3a0"))


def _clouds(pen: Pen, air: Air, horizon: float) -> None:
    random = pen.random
    if air.weather == "fog":
        return
    count = {"clear": random.choice((0, 1, 2)), "snow": 1, "cloudy": 4, "rain": 5}[air.weather]
    white = {"night": rgb("#4b5680"), "sunset": rgb("#f9b29c")}.get(air.time, rgb("#ffffff"))
    color = mix(white, rgb("#5d6778"), {"rain": 0.6, "cloudy": 0.22}.get(air.weather, 0.0))
    for _ in range(int(count * max(1.0, air.width))):
        x, y, size = random.uniform(0, air.width), random.uniform(0.05, horizon * 0.6), random.uniform(0.05, 0.085)
        for step in (-1.7, -0.8, 0.0, 0.9, 1.7):
            lump = size * (1.15 - abs(step) * 0.3)
            pen.ellipse(x + step * size, y - lump * 0.35, lump, lump * 0.75, pen.blend((x, y - lump), (x, y + lump * 0.5), color, mix(color, (0.5, 0.58, 0.7), 0.25)))


def draw_weather(pen: Pen, air: Air) -> None:
    """What falls or drifts before everything else."""
    random = pen.random
    if air.weather == "rain":
        for _ in range(int(46 * air.width * air.height)):
            x, y, length = random.uniform(0, air.width), random.uniform(-0.1, air.height), random.uniform(0.05, 0.09)
            pen.line([(x, y), (x - length * 0.25, y + length)], 0.009, lighter(rgb("#9fb9d4"), 0.3), smooth=False)
    elif air.weather == "snow":
        for _ in range(int(52 * air.width * air.height)):
            size = random.choice((0.007, 0.01, 0.014))
            pen.ellipse(random.uniform(0, air.width), random.uniform(0, air.height), size, size, rgb("#ffffff"))
    elif air.weather == "fog":
        veil = rgb("#5a6482") if air.dark else rgb("#e9eef2")
        for _ in range(4):
            x, y = random.uniform(0, air.width), random.uniform(0.35, 1.0) * air.height
            pen.context.save()
            pen.context.scale(2.6, 1)
            pen.glow(x / 2.6, y, 0.3, veil, 0.5)
            pen.context.restore()
