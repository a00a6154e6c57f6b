"""What people travel in."""

from ..palette import Color, INK, brightness, darker, lighter, rgb
from ..pen import Pen
from .registry import subject

GLASS, TYRE, STEEL = rgb("#a8def5"), rgb("#26262e"), rgb("#c9ced6")


def _wheel(pen: Pen, x: float, y: float, size: float) -> None:
    pen.ellipse(x, y, size, size, TYRE)
    pen.ellipse(x, y, size * 0.55, size * 0.55, STEEL)
    pen.ellipse(x, y, size * 0.2, size * 0.2, TYRE)


@subject("boat", homes="water", breadth=1.05)
def boat(pen: Pen, color: Color) -> None:
    sail = rgb("#fdf8ec") if brightness(color) < 0.85 else rgb("#f3d9b8")
    pen.line([(0, -0.2), (0, -1.0)], 0.035, rgb("#6d4527"))
    pen.blob([(0.04, -0.96), (0.26, -0.66), (0.4, -0.3), (0.04, -0.28)], pen.blend((0, -0.9), (0.4, -0.3), sail, darker(sail, 0.2)))
    pen.blob([(-0.04, -0.88), (-0.2, -0.6), (-0.36, -0.32), (-0.04, -0.28)], pen.blend((-0.3, -0.9), (0, -0.3), lighter(color, 0.35), color))
    pen.polygon([(0, -1.02), (0.18, -0.96), (0, -0.9)], color)
    pen.blob([(-0.56, -0.26), (0, -0.22), (0.56, -0.28), (0.4, -0.02), (0, 0.02), (-0.4, -0.02)], pen.blend((0, -0.26), (0, 0), lighter(color, 0.15), color, darker(color, 0.42)))
    pen.line([(-0.52, -0.25), (0, -0.21), (0.53, -0.27)], 0.035, lighter(color, 0.6))


@subject("car", homes="ground", breadth=1.35)
def car(pen: Pen, color: Color) -> None:
    pen.blob([(-0.34, -0.42), (-0.24, -0.74), (-0.02, -0.8), (0.22, -0.76), (0.4, -0.44)], pen.lit(color, 0, -0.6, 0.45))
    pen.blob([(-0.26, -0.46), (-0.19, -0.68), (-0.02, -0.72), (-0.02, -0.46)], GLASS)
    pen.blob([(0.04, -0.46), (0.04, -0.72), (0.19, -0.69), (0.31, -0.46)], GLASS)
    pen.box(-0.64, -0.48, 1.28, 0.34, pen.blend((0, -0.5), (0, -0.12), lighter(color, 0.25), color, darker(color, 0.35)), 0.14)
    pen.ellipse(-0.6, -0.36, 0.05, 0.055, rgb("#fff3b0"))
    pen.ellipse(0.61, -0.36, 0.035, 0.055, rgb("#e8382e") if color[0] < 0.7 else rgb("#8c1c1c"))
    pen.box(-0.66, -0.2, 1.32, 0.06, STEEL, 0.03)
    pen.line([(0.01, -0.46), (0.01, -0.2)], 0.014, darker(color, 0.4))
    for x in (-0.36, 0.36):
        _wheel(pen, x, -0.14, 0.15)


@subject("train", homes="ground", breadth=1.3)
def train(pen: Pen, color: Color) -> None:
    for x, size in ((-0.46, 0.09), (-0.24, 0.09), (0.0, 0.09)):
        _wheel(pen, x, -0.09, size)
    _wheel(pen, 0.38, -0.14, 0.14)
    pen.box(-0.6, -0.24, 1.22, 0.1, darker(color, 0.5), 0.03)
    pen.box(-0.58, -0.58, 0.72, 0.36, pen.blend((0, -0.58), (0, -0.22), lighter(color, 0.3), color, darker(color, 0.35)), 0.16)
    pen.ellipse(-0.57, -0.4, 0.06, 0.17, darker(color, 0.25))
    pen.box(0.1, -0.86, 0.5, 0.64, pen.upright(color, 0.1, 0.6), 0.04)
    pen.box(0.04, -0.93, 0.62, 0.09, darker(color, 0.4), 0.03)
    pen.box(0.2, -0.76, 0.3, 0.24, GLASS, 0.03)
    pen.polygon([(-0.46, -0.56), (-0.3, -0.56), (-0.27, -0.82), (-0.49, -0.82)], darker(color, 0.45))
    pen.ellipse(-0.06, -0.58, 0.07, 0.07, rgb("#d9b64a"))
    for x, y, size in ((-0.34, -0.92, 0.09), (-0.2, -1.0, 0.12), (0.0, -1.06, 0.13)):
        pen.ellipse(x, y, size, size * 0.8, rgb("#eef0f4"))
    pen.polygon([(-0.6, -0.22), (-0.74, -0.02), (-0.5, -0.02)], STEEL)


@subject("balloon", homes="air", breadth=0.75)
def balloon(pen: Pen, color: Color) -> None:
    stripe = lighter(color, 0.62) if brightness(color) < 0.82 else rgb("#e8604a")
    for x in (-0.09, 0.09):
        pen.line([(x * 1.8, -0.42), (x, -0.16)], 0.014, rgb("#5d4630"))
    pen.blob([(0, -1.0), (0.3, -0.88), (0.36, -0.64), (0.16, -0.38), (-0.16, -0.38), (-0.36, -0.64), (-0.3, -0.88)], pen.lit(color, 0, -0.68, 0.42))
    for x in (-0.2, 0.2):
        pen.blob([(x * 0.3, -0.99), (x * 1.1, -0.86), (x * 1.25, -0.64), (x * 0.62, -0.38), (x * 0.3, -0.38), (x * 0.72, -0.64), (x * 0.62, -0.86)], stripe)
    pen.box(-0.11, -0.17, 0.22, 0.17, pen.upright(rgb("#a8713c"), -0.11, 0.11), 0.03)
    pen.line([(-0.11, -0.16), (0.11, -0.16)], 0.03, rgb("#7d4f26"))


@subject("rocket", homes="air ground", breadth=0.65)
def rocket(pen: Pen, color: Color) -> None:
    pen.blob([(-0.1, -0.18), (0.1, -0.18), (0.06, -0.04), (0, 0.06), (-0.06, -0.04)], rgb("#f6a02c"))
    pen.blob([(-0.05, -0.18), (0.05, -0.18), (0, -0.03)], rgb("#fdf0a0"))
    pen.mirrored(lambda side: pen.blob([(0.12, -0.46), (0.32, -0.24), (0.3, -0.08), (0.1, -0.2)], pen.lit(color, 0.2, -0.26, 0.2)))
    hull = rgb("#f2f2f4") if brightness(color) < 0.82 else rgb("#b9c2cc")
    pen.blob([(0, -1.02), (0.15, -0.78), (0.19, -0.5), (0.12, -0.16), (-0.12, -0.16), (-0.19, -0.5), (-0.15, -0.78)], pen.upright(hull, -0.19, 0.19))
    pen.blob([(0, -1.02), (0.1, -0.88), (0.145, -0.76), (-0.145, -0.76), (-0.1, -0.88)], pen.upright(color, -0.15, 0.15))
    pen.ellipse(0, -0.58, 0.095, 0.095, color)
    pen.ellipse(0, -0.58, 0.068, 0.068, rgb("#8fd6f4"))
    pen.box(-0.165, -0.34, 0.33, 0.07, color)


@subject("airplane", homes="air", breadth=1.4)
def airplane(pen: Pen, color: Color) -> None:
    pen.polygon([(0.02, -0.5), (0.3, -0.8), (0.42, -0.8), (0.26, -0.48)], darker(color, 0.3))
    pen.polygon([(0.5, -0.5), (0.56, -0.86), (0.7, -0.86), (0.68, -0.46)], color)
    pen.blob([(-0.66, -0.4), (-0.5, -0.54), (0.1, -0.58), (0.7, -0.5), (0.64, -0.42), (0.1, -0.3), (-0.46, -0.28)], pen.blend((0, -0.58), (0, -0.26), lighter(color, 0.4), color, darker(color, 0.35)))
    for x in (-0.3, -0.16, -0.02, 0.12, 0.26):
        pen.ellipse(x, -0.46, 0.035, 0.04, GLASS)
    pen.blob([(-0.6, -0.44), (-0.5, -0.52), (-0.42, -0.5), (-0.46, -0.43)], GLASS)
    pen.polygon([(-0.1, -0.4), (0.2, -0.4), (0.3, -0.06), (0.16, -0.06)], pen.blend((0, -0.4), (0.2, -0.06), darker(color, 0.12), darker(color, 0.4)))
    pen.ellipse(0.02, -0.22, 0.11, 0.06, STEEL)


@subject("bicycle", homes="ground", breadth=1.3)
def bicycle(pen: Pen, color: Color) -> None:
    for x in (-0.42, 0.42):
        for size, width, paint in ((0.26, 0.055, TYRE), (0.2, 0.012, STEEL)):
            pen.context.new_sub_path()
            pen.context.arc(x, -0.28, size, 0, 6.2832)
            pen.context.set_line_width(width)
            pen._set(paint)
            pen.context.stroke()
    frame = [((-0.42, -0.28), (-0.14, -0.66)), ((-0.14, -0.66), (0.3, -0.68)), ((0.3, -0.68), (0.0, -0.26)), ((0.0, -0.26), (-0.16, -0.72)), ((-0.42, -0.28), (0.0, -0.26)), ((0.42, -0.28), (0.28, -0.84))]
    for start, end in frame:
        pen.line([start, end], 0.06, color)
    pen.line([(-0.28, -0.74), (-0.06, -0.74)], 0.07, INK)
    pen.line([(0.16, -0.88), (0.28, -0.86), (0.34, -0.94)], 0.045, INK)
    pen.ellipse(0, -0.26, 0.07, 0.07, STEEL)
