"""Places on land under the open sky."""

import math

from ..palette import darker, lighter, mix, rgb
from ..pen import Pen
from .registry import place
from .sky import Air, draw_sky

GROUND = {"ground": 0.93, "air": 0.62}
NO_SNOW = ("clear", "cloudy", "rain", "fog")


def hills(pen: Pen, air: Air, top: float, height: float, color, waves: float = 1.3) -> None:
    """Ground from a rolling line at `top` down to the edge."""
    phase = pen.random.uniform(0, 6.3)
    line = [(x / 12 * air.width, top + math.sin(x / 12 * waves * 6.28 + phase) * height) for x in range(-1, 14)]
    color = air.toned(color)
    pen.blob([*line, (air.width * 1.1, air.height * 1.2), (-air.width * 0.1, air.height * 1.2)], pen.blend((0, top - height), (0, air.height), lighter(color, 0.14), darker(color, 0.18)))


def _tufts(pen: Pen, air: Air, top: float, colors: list, count: int) -> None:
    for _ in range(int(count * air.width)):
        x, y = pen.random.uniform(0, air.width), pen.random.uniform(top, air.height)
        color = air.toned(pen.random.choice(colors))
        pen.ellipse(x, y, 0.012, 0.009, color)


def _fir(pen: Pen, air: Air, x: float, foot: float, height: float, color) -> None:
    color = air.toned(color)
    pen.box(x - height * 0.05, foot - height * 0.15, height * 0.1, height * 0.16, air.toned(rgb("#5a4030")))
    for low, high, width in ((0.1, 0.55, 0.3), (0.35, 0.78, 0.23), (0.6, 1.0, 0.16)):
        pen.polygon([(x - height * width, foot - height * low), (x, foot - height * high), (x + height * width, foot - height * low)], pen.blend((x - height * width, 0), (x + height * width, 0), lighter(color, 0.12), darker(color, 0.25)))


@place("meadow", GROUND, NO_SNOW)
def meadow(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.6
    draw_sky(pen, air, horizon)
    hills(pen, air, horizon - 0.03, 0.04, rgb("#7fb98a"))
    hills(pen, air, horizon + 0.06, 0.03, rgb("#6cbb52"), 0.9)
    _tufts(pen, air, horizon + 0.14, [rgb("#f8e05a"), rgb("#ffffff"), rgb("#f08ab0"), rgb("#3f8f3c"), rgb("#3f8f3c")], 36)


@place("forest", GROUND, ("clear", "cloudy", "rain", "fog", "snow"))
def forest(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.66
    draw_sky(pen, air, horizon)
    snowy = air.weather == "snow"
    for row, (color, foot, height) in enumerate(((rgb("#6e9f86"), 0.68, 0.42), (rgb("#3f7d58"), 0.73, 0.52))):
        x = pen.random.uniform(-0.1, 0.02)
        while x < air.width + 0.1:
            _fir(pen, air, x, air.height * foot, height * pen.random.uniform(0.75, 1.1), mix(color, (1, 1, 1), 0.45 if snowy else 0.0))
            x += pen.random.uniform(0.11, 0.17) * (1 + 0.25 * row)
    hills(pen, air, air.height * 0.72, 0.015, rgb("#e9f0f4") if snowy else rgb("#4d7a3c"))
    if not snowy:
        _tufts(pen, air, air.height * 0.78, [rgb("#6d9a44"), rgb("#31582c"), rgb("#8a6a3c")], 26)


@place("mountains", GROUND)
def mountains(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.66
    draw_sky(pen, air, horizon)
    for color, size, snow in ((rgb("#8b9cc0"), 0.42, 0.34), (rgb("#5f6f92"), 0.34, 0.3)):
        x = pen.random.uniform(-0.15, 0.1)
        while x < air.width + 0.25:
            height = size * pen.random.uniform(0.75, 1.15)
            peak, half, shade = (x, horizon - height), height * 0.75, air.toned(color)
            pen.polygon([(x - half, horizon), peak, (x + half, horizon)], shade)
            pen.polygon([peak, (x + half, horizon), (x + half * 0.12, horizon)], darker(shade, 0.22))
            cap = height * snow
            pen.polygon([peak, (x - half * snow, horizon - height + cap), (x - half * 0.06, horizon - height + cap * 0.75), (x + half * 0.1, horizon - height + cap * 1.05), (x + half * snow, horizon - height + cap)], air.toned(rgb("#fbfdff"), 0.6))
            x += half * pen.random.uniform(0.9, 1.3)
    hills(pen, air, horizon + 0.02, 0.02, rgb("#eef4f8") if air.weather == "snow" else rgb("#6a9a58"))


@place("desert", GROUND, ("clear", "fog"))
def desert(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.56
    draw_sky(pen, air, horizon)
    if pen.random.random() < 0.5:
        x = pen.random.uniform(0.1, 0.9) * air.width
        rock = air.toned(rgb("#c87a4a"))
        pen.polygon([(x - 0.2, horizon + 0.04), (x - 0.14, horizon - 0.14), (x + 0.1, horizon - 0.15), (x + 0.17, horizon + 0.04)], pen.upright(rock, x - 0.2, x + 0.2))
    for top, color in ((0.0, rgb("#efca84")), (0.13, rgb("#e5b264")), (0.26, rgb("#d99c4e"))):
        hills(pen, air, horizon + top, 0.045, color, pen.random.uniform(0.6, 1.1))


@place("snow field", GROUND, ("clear", "cloudy", "snow", "fog"))
def snow_field(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.58
    draw_sky(pen, air, horizon)
    for _ in range(int(4 * air.width)):
        _fir(pen, air, pen.random.uniform(0, air.width), horizon + 0.05, pen.random.uniform(0.16, 0.28), rgb("#a9c6c4"))
    hills(pen, air, horizon + 0.02, 0.03, rgb("#e2ecf4"))
    hills(pen, air, horizon + 0.17, 0.02, rgb("#f3f8fc"), 0.8)


@place("garden", GROUND, NO_SNOW)
def garden(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.58
    draw_sky(pen, air, horizon)
    for x in range(int(air.width / 0.12) + 2):
        green = air.toned(mix(rgb("#4f9a4e"), rgb("#2f7040"), pen.random.random()))
        pen.ellipse(x * 0.12, horizon, 0.1, pen.random.uniform(0.08, 0.13), pen.lit(green, x * 0.12, horizon, 0.13))
    fence = air.toned(rgb("#fbf8f0"), 0.7)
    for x in range(int(air.width / 0.09) + 1):
        pen.polygon([(x * 0.09 + 0.01, horizon + 0.17), (x * 0.09 + 0.01, horizon + 0.03), (x * 0.09 + 0.035, horizon), (x * 0.09 + 0.06, horizon + 0.03), (x * 0.09 + 0.06, horizon + 0.17)], fence)
    pen.box(0, horizon + 0.07, air.width, 0.025, darker(fence, 0.1))
    hills(pen, air, horizon + 0.17, 0.008, rgb("#7cc35c"))
    for _ in range(int(22 * air.width)):
        x, y = pen.random.uniform(0, air.width), pen.random.uniform(horizon + 0.22, air.height)
        petal = air.toned(pen.random.choice([rgb("#f2557c"), rgb("#f7d23e"), rgb("#fdfdfd"), rgb("#b068d8")]), 0.6)
        pen.ellipse(x, y, 0.02, 0.016, petal)
        pen.ellipse(x, y, 0.007, 0.007, rgb("#fff2a8"))


@place("city", GROUND, NO_SNOW)
def city(pen: Pen, air: Air) -> None:
    ground = air.height * 0.76
    draw_sky(pen, air, ground)
    for shade, tallest in ((rgb("#a3b0c6"), 0.62), (rgb("#66718c"), 0.46)):
        x = -0.04
        while x < air.width:
            width, height = pen.random.uniform(0.1, 0.18), tallest * pen.random.uniform(0.5, 1.0)
            wall = air.toned(mix(shade, pen.random.choice([rgb("#b98a74"), rgb("#7f93b4"), shade]), 0.4))
            pen.box(x, ground - height, width, height, pen.upright(wall, x, x + width))
            _lit_windows(pen, air, x, ground - height, width, height)
            x += width + pen.random.uniform(0.0, 0.02)
    pen.box(0, ground, air.width, air.height, air.toned(rgb("#5b5f6a")))
    for step in range(int(air.width / 0.2) + 1):
        pen.box(step * 0.2 + 0.04, ground + (air.height - ground) * 0.5, 0.11, 0.016, air.toned(rgb("#f0e6c0"), 0.5))


def _lit_windows(pen: Pen, air: Air, x: float, top: float, width: float, height: float) -> None:
    bright = rgb("#ffe38a") if air.dark or air.time == "sunset" else rgb("#dcecf8")
    for row in range(1, int(height / 0.06)):
        for column in range(int(width / 0.045)):
            if pen.random.random() < 0.65:
                pen.box(x + 0.014 + column * 0.045, top + row * 0.06 - 0.025, 0.022, 0.03, bright)


@place("village", GROUND)
def village(pen: Pen, air: Air) -> None:
    ground = air.height * 0.7
    draw_sky(pen, air, ground)
    hills(pen, air, ground - 0.08, 0.05, rgb("#86b57c") if air.weather != "snow" else rgb("#dfe8ef"))
    x = pen.random.uniform(-0.05, 0.05)
    while x < air.width:
        width, height = pen.random.uniform(0.15, 0.22), pen.random.uniform(0.14, 0.2)
        wall = air.toned(pen.random.choice([rgb("#f3e2c0"), rgb("#e7b08c"), rgb("#cfdce4"), rgb("#f1cf86")]))
        roof = air.toned(rgb("#f4f7fa") if air.weather == "snow" else pen.random.choice([rgb("#b1523c"), rgb("#8a4a3c"), rgb("#5d6b84")]))
        pen.box(x, ground - height, width, height, wall)
        pen.polygon([(x - 0.02, ground - height), (x + width / 2, ground - height - 0.12), (x + width + 0.02, ground - height)], roof)
        for at in (0.25, 0.65):
            pen.box(x + width * at, ground - height * 0.65, 0.035, 0.05, rgb("#ffe08a") if air.dark else rgb("#8fb6cc"))
        x += width + pen.random.uniform(0.02, 0.07)
    pen.box(0, ground, air.width, air.height, air.toned(rgb("#eef3f7") if air.weather == "snow" else rgb("#c9b58e")))
    for _ in range(int(28 * air.width)):
        pen.ellipse(pen.random.uniform(0, air.width), pen.random.uniform(ground + 0.03, air.height), 0.02, 0.009, air.toned(rgb("#dde6ee") if air.weather == "snow" else rgb("#b39c74")))
