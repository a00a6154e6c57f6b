"""Buildings: walls in the colour, roofs and stones that go with it."""

from ..palette import Color, brightness, darker, lighter, mix, rgb
from ..pen import Pen
from .registry import subject

WINDOW, DOOR = rgb("#fbe08a"), rgb("#6b3f22")


def _roof(color: Color) -> Color:
    """Dark enough to stand out from the walls, and of another colour than they are."""
    if brightness(color) > 0.72:
        return rgb("#b04a34")
    return mix(darker(color, 0.45), rgb("#53403c"), 0.4)


def _window(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    pen.box(x - width / 2 - 0.015, y - 0.015, width + 0.03, height + 0.03, rgb("#fff8e6"), 0.01)
    pen.box(x - width / 2, y, width, height, WINDOW)
    pen.line([(x, y), (x, y + height)], 0.014, rgb("#fff8e6"))


@subject("house", breadth=1.0)
def house(pen: Pen, color: Color) -> None:
    roof = _roof(color)
    pen.box(0.2, -0.96, 0.12, 0.3, pen.upright(rgb("#9a5a44"), 0.2, 0.32))
    pen.box(-0.4, -0.58, 0.8, 0.58, pen.upright(color, -0.42, 0.44))
    pen.polygon([(-0.52, -0.54), (0, -0.98), (0.52, -0.54)], pen.blend((-0.4, -0.9), (0.4, -0.5), lighter(roof, 0.15), darker(roof, 0.2)))
    pen.ellipse(0, -0.68, 0.075, 0.075, rgb("#fff8e6"))
    pen.ellipse(0, -0.68, 0.055, 0.055, WINDOW)
    pen.box(-0.09, -0.32, 0.18, 0.32, DOOR, 0.05)
    pen.ellipse(0.05, -0.16, 0.016, 0.016, rgb("#f3cf62"))
    for x in (-0.25, 0.25):
        _window(pen, x, -0.42, 0.15, 0.16)
    pen.mirrored(lambda side: pen.ellipse(0.34, -0.03, 0.13, 0.08, rgb("#3f8a44")))


@subject("castle", breadth=1.05)
def castle(pen: Pen, color: Color) -> None:
    roof = rgb("#3c5fa8") if color[2] < color[0] or brightness(color) > 0.7 else rgb("#b5483c")
    def tower(x: float, width: float, top: float) -> None:
        pen.box(x - width / 2, top, width, -top, pen.upright(color, x - width / 2, x + width / 2))
        pen.polygon([(x - width * 0.68, top + 0.02), (x, top - width * 1.25), (x + width * 0.68, top + 0.02)], pen.upright(roof, x - width / 2, x + width / 2))
        pen.box(x - 0.03, top + 0.12, 0.06, 0.11, darker(color, 0.6), 0.03)
    tower(0, 0.26, -0.72)
    pen.line([(0, -1.02), (0, -1.12)], 0.015, rgb("#4a3a30"))
    pen.polygon([(0, -1.12), (0.13, -1.08), (0, -1.04)], rgb("#e23c3c"))
    pen.box(-0.36, -0.44, 0.72, 0.44, pen.upright(darker(color, 0.08), -0.4, 0.4))
    for x in (-0.3, -0.15, 0.0, 0.15, 0.3):
        pen.box(x - 0.045, -0.51, 0.09, 0.09, color)
    for x in (-0.4, 0.4):
        tower(x, 0.23, -0.6)
    pen.box(-0.12, -0.28, 0.24, 0.28, darker(DOOR, 0.2), 0.12)
    for x in (-0.05, 0.05):
        pen.line([(x, -0.24), (x, 0)], 0.014, darker(DOOR, 0.6))
    for x in (-0.24, 0.24):
        pen.box(x - 0.03, -0.34, 0.06, 0.1, WINDOW, 0.03)


@subject("lighthouse", homes="ground", breadth=0.6)
def lighthouse(pen: Pen, color: Color) -> None:
    white = rgb("#f8f5ee") if brightness(color) < 0.82 else rgb("#c0483c")
    pen.glow(0, -0.86, 0.3, rgb("#fff0a0"), 0.75)
    pen.blob([(-0.34, 0.02), (-0.24, -0.08), (0.24, -0.08), (0.34, 0.02)], rgb("#7d7a78"))
    half = lambda y: 0.2 + (y + 0.05) * 0.13
    edges = (-0.05, -0.2, -0.35, -0.5, -0.65, -0.74)
    for index, (low, high) in enumerate(zip(edges, edges[1:])):
        paint = pen.upright(color if index % 2 == 0 else white, -0.2, 0.2)
        pen.polygon([(-half(low), low), (half(low), low), (half(high), high), (-half(high), high)], paint)
    pen.box(-0.17, -0.78, 0.34, 0.05, rgb("#3a3a42"))
    pen.box(-0.1, -0.92, 0.2, 0.15, rgb("#fdf1a4"))
    pen.line([(0, -0.92), (0, -0.77)], 0.02, rgb("#3a3a42"))
    pen.blob([(-0.14, -0.91), (0, -1.03), (0.14, -0.91)], darker(color, 0.15))
    pen.box(-0.055, -0.17, 0.11, 0.13, DOOR, 0.05)


@subject("windmill", homes="ground", breadth=0.95)
def windmill(pen: Pen, color: Color) -> None:
    pen.polygon([(-0.24, 0), (0.24, 0), (0.15, -0.62), (-0.15, -0.62)], pen.upright(color, -0.24, 0.24))
    pen.blob([(-0.18, -0.6), (-0.12, -0.76), (0, -0.8), (0.12, -0.76), (0.18, -0.6)], pen.lit(_roof(color), 0, -0.68, 0.2))
    pen.box(-0.07, -0.22, 0.14, 0.22, DOOR, 0.06)
    _window(pen, 0, -0.48, 0.1, 0.11)
    turn = pen.random.uniform(0.2, 0.6)
    for quarter in range(4):
        pen.context.save()
        pen.context.translate(0, -0.64)
        pen.context.rotate(turn + quarter * 1.5708)
        pen.box(0.03, -0.005, 0.4, 0.11, rgb("#fbf4e2"))
        for x in (0.12, 0.22, 0.32):
            pen.line([(x, 0), (x, 0.105)], 0.012, rgb("#8a6a48"))
        pen.line([(0, 0), (0.44, 0)], 0.03, rgb("#5d4128"))
        pen.context.restore()
    pen.ellipse(0, -0.64, 0.045, 0.045, rgb("#5d4128"))
