"""Places at and in the water."""

from ..palette import darker, lighter, mix, rgb
from ..pen import Pen
from .land import hills
from .registry import place
from .sky import TIMES, Air, draw_sky

WET = ("clear", "cloudy", "rain", "fog")


def water(pen: Pen, air: Air, top: float, bottom: float, color) -> None:
    """Water between two heights, with the sky in it and waves that grow towards us."""
    far = mix(air.toned(color), TIMES[air.time][1], 0.3)
    pen.box(0, top, air.width, bottom - top, pen.blend((0, top), (0, bottom), far, air.toned(color), darker(air.toned(color), 0.35)))
    for _ in range(int(24 * air.width)):
        depth = pen.random.random() ** 0.7
        x, y = pen.random.uniform(0, air.width), top + depth * (bottom - top)
        reach = 0.02 + 0.07 * depth
        pen.line([(x, y), (x + reach * 0.5, y - 0.008 * depth - 0.003), (x + reach, y)], 0.005 + 0.007 * depth, lighter(far, 0.35))


@place("sea", {"water": 0.88, "air": 0.6}, WET)
def sea(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.5
    draw_sky(pen, air, horizon)
    water(pen, air, horizon, air.height, rgb("#1f7fc0"))


@place("lake", {"water": 0.86, "air": 0.6}, WET)
def lake(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.52
    draw_sky(pen, air, horizon)
    hills(pen, air, horizon - 0.1, 0.05, rgb("#7f9fb4"), 1.1)
    hills(pen, air, horizon - 0.02, 0.025, rgb("#4f8a58"), 1.8)
    water(pen, air, horizon + 0.03, air.height, rgb("#4a9ab0"))


@place("beach", {"ground": 0.94, "air": 0.6}, WET)
def beach(pen: Pen, air: Air) -> None:
    horizon = air.height * 0.46
    draw_sky(pen, air, horizon)
    shore = air.height * 0.66
    water(pen, air, horizon, shore + 0.04, rgb("#22a6c4"))
    hills(pen, air, shore - 0.012, 0.014, rgb("#fbfdfd"), 1.4)
    hills(pen, air, shore + 0.012, 0.014, rgb("#f3dba4"), 1.4)
    for _ in range(int(16 * air.width)):
        pen.ellipse(pen.random.uniform(0, air.width), pen.random.uniform(shore + 0.08, air.height), 0.012, 0.008, air.toned(pen.random.choice([rgb("#d9bb82"), rgb("#fff4e0"), rgb("#e89a86")])))


@place("underwater", {"deep": 0.72, "ground": 0.95}, ("clear",), ("day",))
def underwater(pen: Pen, air: Air) -> None:
    pen.box(0, 0, air.width, air.height, pen.blend((0, 0), (0, air.height), rgb("#4cc4dc"), rgb("#1a86b4"), rgb("#0d4a80")))
    for _ in range(4):
        x = pen.random.uniform(0, air.width)
        pen.context.save()
        pen.context.set_source_rgba(0.8, 1, 1, 0.1)
        for px, py in ((x, 0), (x + 0.1, 0), (x - 0.1, air.height), (x - 0.32, air.height)):
            pen.context.line_to(px, py)
        pen.context.fill()
        pen.context.restore()
    hills(pen, air, air.height * 0.88, 0.02, rgb("#d9c68c"), 1.2)
    for _ in range(int(6 * air.width)):
        x, height = pen.random.uniform(0, air.width), pen.random.uniform(0.12, 0.3)
        foot = air.height * 0.95
        pen.line([(x, foot), (x + 0.03, foot - height * 0.35), (x - 0.03, foot - height * 0.7), (x + 0.01, foot - height)], 0.03, pen.random.choice([rgb("#2f9a5a"), rgb("#1f7a58"), rgb("#e8748c")]))
    for _ in range(int(14 * air.width)):
        size = pen.random.uniform(0.008, 0.02)
        pen.ellipse(pen.random.uniform(0, air.width), pen.random.uniform(0, air.height * 0.85), size, size, rgb("#b9eef8"))
