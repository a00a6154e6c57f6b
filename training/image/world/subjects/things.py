"""Things and signs."""

import math

from ..palette import Color, INK, brightness, darker, lighter, rgb
from ..pen import Pen
from .registry import subject


@subject("apple", breadth=0.95)
def apple(pen: Pen, color: Color) -> None:
    pen.line([(0, -0.74), (0.03, -0.86), (0.1, -0.94)], 0.05, rgb("#6b4426"))
    pen.blob([(0.06, -0.82), (0.22, -0.98), (0.38, -0.9), (0.22, -0.78)], rgb("#4aa04c") if color[1] < 0.6 or color[0] > 0.6 else rgb("#2c6b34"))
    pen.blob([(0, -0.74), (0.22, -0.82), (0.44, -0.6), (0.38, -0.24), (0.16, 0.0), (0, -0.04), (-0.16, 0.0), (-0.38, -0.24), (-0.44, -0.6), (-0.22, -0.82)], pen.lit(color, 0, -0.42, 0.5))
    pen.ellipse(-0.2, -0.58, 0.07, 0.12, lighter(color, 0.6), 0.5)


@subject("cup", breadth=1.05)
def cup(pen: Pen, color: Color) -> None:
    pen.context.new_sub_path()
    pen.context.arc(0.36, -0.36, 0.16, 0, 6.2832)
    pen.context.set_line_width(0.08)
    pen.context.set_source_rgb(*darker(color, 0.15))
    pen.context.stroke()
    pen.ellipse(0, -0.03, 0.42, 0.06, lighter(color, 0.35))
    pen.blob([(-0.38, -0.62), (-0.34, -0.3), (-0.2, -0.05), (0.2, -0.05), (0.34, -0.3), (0.38, -0.62)], pen.upright(color, -0.4, 0.42))
    pen.ellipse(0, -0.61, 0.38, 0.09, lighter(color, 0.4))
    pen.ellipse(0, -0.6, 0.33, 0.065, rgb("#5a3420"))
    for x in (-0.12, 0.0, 0.12):
        pen.line([(x, -0.7), (x + 0.05, -0.8), (x - 0.03, -0.9), (x + 0.02, -0.98)], 0.035, rgb("#eef2f6"))


@subject("heart", homes="air ground", breadth=1.05)
def heart(pen: Pen, color: Color) -> None:
    context = pen.context
    context.move_to(0, -0.02)
    context.curve_to(-0.3, -0.26, -0.52, -0.44, -0.5, -0.68)
    context.curve_to(-0.48, -0.94, -0.12, -0.98, 0, -0.7)
    context.curve_to(0.12, -0.98, 0.48, -0.94, 0.5, -0.68)
    context.curve_to(0.52, -0.44, 0.3, -0.26, 0, -0.02)
    context.set_source(pen.lit(color, 0, -0.5, 0.55))
    context.fill()
    pen.ellipse(-0.27, -0.72, 0.07, 0.11, lighter(color, 0.7), 0.7)


@subject("star", homes="air ground", breadth=1.0)
def star(pen: Pen, color: Color) -> None:
    points = []
    for corner in range(10):
        reach, angle = (0.52, 0.24)[corner % 2], corner * math.pi / 5 - math.pi / 2
        points.append((reach * math.cos(angle), -0.47 + reach * math.sin(angle)))
    pen.polygon(points, darker(color, 0.3))
    centre = (0.0, -0.47)
    for corner in range(10):
        shade = lighter(color, 0.3) if corner % 2 == 1 else color
        pen.polygon([centre, points[corner], points[(corner + 1) % 10]], shade)


@subject("umbrella", breadth=1.0)
def umbrella(pen: Pen, color: Color) -> None:
    pen.line([(0, -0.62), (0, -0.1), (0.06, -0.02), (0.13, -0.1)], 0.04, rgb("#5b3a24"))
    pen.line([(0, -0.94), (0, -1.02)], 0.035, rgb("#5b3a24"))
    edges = (-0.52, -0.26, 0.0, 0.26, 0.52)
    for index, (left, right) in enumerate(zip(edges, edges[1:])):
        shade = color if index % 2 == 0 else lighter(color, 0.4)
        context = pen.context
        context.move_to(0, -0.96)
        context.curve_to(left * 0.8, -0.94, left, -0.72, left, -0.5)
        context.curve_to(left + 0.06, -0.57, right - 0.06, -0.57, right, -0.5)
        context.curve_to(right, -0.72, right * 0.8, -0.94, 0, -0.96)
        context.set_source(pen.blend((left, -0.96), (right, -0.5), lighter(shade, 0.15), darker(shade, 0.25)))
        context.fill()


@subject("snowman", breadth=0.75)
def snowman(pen: Pen, color: Color) -> None:
    snow, scarf = rgb("#f7fafd"), color if brightness(color) < 0.85 else rgb("#d83a3a")
    pen.mirrored(lambda side: pen.line([(0.22, -0.48), (0.42, -0.62), (0.48, -0.56)], 0.03, rgb("#6b4a30")))
    pen.ellipse(0, -0.24, 0.32, 0.26, pen.lit(darker(snow, 0.06), 0, -0.24, 0.36))
    pen.ellipse(0, -0.5, 0.24, 0.2, pen.lit(darker(snow, 0.06), 0, -0.5, 0.28))
    pen.ellipse(0, -0.72, 0.19, 0.17, pen.lit(darker(snow, 0.06), 0, -0.72, 0.22))
    for y in (-0.52, -0.42, -0.26):
        pen.ellipse(0, y, 0.026, 0.026, INK)
    pen.box(-0.2, -0.63, 0.4, 0.09, scarf, 0.04)
    pen.box(0.07, -0.6, 0.1, 0.24, darker(scarf, 0.12), 0.03)
    pen.mirrored(lambda side: pen.ellipse(0.07, -0.76, 0.025, 0.03, INK))
    pen.polygon([(-0.02, -0.73), (-0.02, -0.67), (0.2, -0.68)], rgb("#f28c28"))
    pen.box(-0.22, -0.88, 0.44, 0.05, darker(scarf, 0.35), 0.02)
    pen.box(-0.15, -1.06, 0.3, 0.2, pen.upright(darker(scarf, 0.25), -0.15, 0.15), 0.02)


@subject("crown", homes="ground air", breadth=1.1)
def crown(pen: Pen, color: Color) -> None:
    pen.polygon([(-0.48, -0.12), (-0.54, -0.72), (-0.27, -0.42), (0, -0.86), (0.27, -0.42), (0.54, -0.72), (0.48, -0.12)], pen.upright(color, -0.5, 0.5))
    pen.box(-0.49, -0.2, 0.98, 0.18, pen.upright(lighter(color, 0.15), -0.5, 0.5), 0.04)
    for x, y, gem in ((-0.54, -0.74, "#e03c4c"), (0, -0.88, "#3c78e0"), (0.54, -0.74, "#e03c4c")):
        pen.ellipse(x, y, 0.06, 0.06, rgb(gem))
    for x, gem in ((-0.3, "#3cc08c"), (0, "#e03c4c"), (0.3, "#3c78e0")):
        pen.ellipse(x, -0.11, 0.055, 0.055, rgb(gem))


@subject("gift", breadth=0.9)
def gift(pen: Pen, color: Color) -> None:
    ribbon = rgb("#f8d04a") if not (color[0] > 0.75 and color[1] > 0.55) else rgb("#d83a4a")
    pen.box(-0.38, -0.58, 0.76, 0.58, pen.upright(color, -0.4, 0.4), 0.03)
    pen.box(-0.44, -0.7, 0.88, 0.17, pen.upright(lighter(color, 0.14), -0.44, 0.44), 0.03)
    pen.box(-0.075, -0.7, 0.15, 0.7, ribbon)
    pen.mirrored(lambda side: pen.blob([(0, -0.7), (0.12, -0.94), (0.32, -0.94), (0.28, -0.76)], pen.lit(ribbon, 0.18, -0.84, 0.2)))
    pen.ellipse(0, -0.72, 0.06, 0.05, darker(ribbon, 0.2))


@subject("lantern", homes="ground air", breadth=0.65)
def lantern(pen: Pen, color: Color) -> None:
    frame = darker(color, 0.35)
    pen.glow(0, -0.42, 0.55, rgb("#ffd970"), 0.6)
    pen.line([(-0.12, -0.84), (0, -1.0), (0.12, -0.84)], 0.035, frame)
    pen.polygon([(-0.28, -0.68), (0.28, -0.68), (0.12, -0.86), (-0.12, -0.86)], pen.upright(color, -0.28, 0.28))
    pen.box(-0.22, -0.68, 0.44, 0.54, pen.lit(rgb("#ffd24e"), 0, -0.4, 0.4))
    pen.blob([(-0.07, -0.3), (0, -0.56), (0.07, -0.3), (0, -0.22)], rgb("#fff8d8"))
    for x in (-0.22, 0.0, 0.22):
        pen.line([(x, -0.68), (x, -0.14)], 0.032, frame)
    pen.box(-0.28, -0.15, 0.56, 0.15, pen.upright(color, -0.28, 0.28), 0.03)


@subject("person", breadth=0.55)
def person(pen: Pen, color: Color) -> None:
    skin = pen.random.choice([rgb("#f3c9a5"), rgb("#d99f72"), rgb("#a06a42"), rgb("#6d4429")])
    hair = pen.random.choice([rgb("#3a2418"), rgb("#1f1b1c"), rgb("#a9662c"), rgb("#e2b75c")])
    trousers = rgb("#3a4664") if color[2] < 0.6 or brightness(color) > 0.6 else rgb("#6a5040")
    pen.mirrored(lambda side: pen.box(0.015, -0.3, 0.11, 0.29, trousers, 0.04))
    pen.mirrored(lambda side: pen.ellipse(0.08, -0.015, 0.085, 0.035, rgb("#2c2430")))
    pen.mirrored(lambda side: pen.line([(0.15, -0.56), (0.25, -0.42), (0.23, -0.3)], 0.08, darker(color, 0.15)))
    pen.mirrored(lambda side: pen.ellipse(0.23, -0.28, 0.042, 0.042, skin))
    pen.blob([(-0.17, -0.26), (-0.17, -0.48), (-0.12, -0.6), (0.12, -0.6), (0.17, -0.48), (0.17, -0.26)], pen.upright(color, -0.18, 0.18))
    pen.ellipse(0, -0.79, 0.185, 0.19, hair)
    pen.ellipse(0, -0.76, 0.155, 0.16, pen.lit(skin, 0, -0.76, 0.22))
    pen.blob([(-0.17, -0.8), (-0.1, -0.94), (0.1, -0.94), (0.17, -0.8), (0.04, -0.86)], hair)
    pen.mirrored(lambda side: pen.eye(0.062, -0.76, 0.026))
    pen.line([(-0.045, -0.69), (0, -0.675), (0.045, -0.69)], 0.018, rgb("#8a3b34"))
