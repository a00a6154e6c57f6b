"""What grows."""

import math

from ..palette import Color, brightness, darker, lighter, mix, rgb
from ..pen import Pen
from .registry import subject

LEAF, STEM = rgb("#3f9a48"), rgb("#2f7a3c")


@subject("tree", breadth=0.9)
def tree(pen: Pen, color: Color) -> None:
    trunk = rgb("#7a4d2b") if color[0] < 0.4 or brightness(color) > 0.45 else rgb("#4d3a30")
    pen.blob([(-0.1, 0.01), (-0.06, -0.2), (-0.05, -0.5), (0.05, -0.5), (0.06, -0.2), (0.12, 0.01)], pen.upright(trunk, -0.1, 0.1))
    for x, y in ((-0.14, -0.44), (0.16, -0.46)):
        pen.line([(0, -0.3), (x, y)], 0.05, trunk)
    for x, y, size in ((-0.24, -0.5, 0.19), (0.25, -0.52, 0.19), (0, -0.5, 0.22), (-0.16, -0.7, 0.21), (0.18, -0.71, 0.2), (0.02, -0.82, 0.2)):
        wobble = pen.random.uniform(-0.02, 0.02)
        pen.ellipse(x + wobble, y, size, size * 0.9, pen.lit(color, x, y, size * 1.15))
    for _ in range(7):
        x, y = pen.random.uniform(-0.28, 0.28), pen.random.uniform(-0.86, -0.48)
        pen.ellipse(x, y, 0.025, 0.02, lighter(color, 0.4))


@subject("flower", breadth=0.75)
def flower(pen: Pen, color: Color) -> None:
    pen.line([(0, 0), (0.03, -0.25), (0, -0.6)], 0.05, STEM)
    pen.blob([(0.01, -0.16), (0.2, -0.32), (0.3, -0.28), (0.18, -0.14)], pen.lit(LEAF, 0.16, -0.22, 0.18))
    pen.blob([(0.01, -0.1), (-0.18, -0.26), (-0.28, -0.22), (-0.16, -0.08)], pen.lit(LEAF, -0.14, -0.16, 0.18))
    heart = rgb("#f7c531") if not (color[0] > 0.85 and color[1] > 0.6 and color[2] < 0.4) else rgb("#8a4a20")
    for ring, (reach, size) in enumerate(((0.22, 0.15), (0.13, 0.11))):
        for petal in range(8):
            angle = petal * math.pi / 4 + ring * 0.39
            x, y = reach * math.cos(angle), -0.7 + reach * math.sin(angle)
            shade = color if ring == 0 else lighter(color, 0.22)
            pen.ellipse(x, y, size, size * 0.56, pen.lit(shade, x, y, size), angle)
    pen.ellipse(0, -0.7, 0.095, 0.095, pen.lit(heart, 0, -0.7, 0.11))


@subject("mushroom", breadth=0.9)
def mushroom(pen: Pen, color: Color) -> None:
    stalk = rgb("#f4ead6")
    pen.blob([(-0.15, 0), (-0.11, -0.26), (-0.13, -0.5), (0.13, -0.5), (0.11, -0.26), (0.16, 0)], pen.upright(stalk, -0.16, 0.16))
    pen.ellipse(0, -0.46, 0.3, 0.06, darker(stalk, 0.25))
    pen.blob([(-0.44, -0.42), (-0.36, -0.72), (0, -0.92), (0.36, -0.72), (0.44, -0.42), (0, -0.5)], pen.lit(color, 0, -0.62, 0.48))
    dots = lighter(color, 0.85) if brightness(color) < 0.8 else rgb("#d8463c")
    for x, y, size in ((-0.22, -0.62, 0.07), (0.02, -0.76, 0.08), (0.24, -0.6, 0.065), (-0.06, -0.58, 0.04), (0.12, -0.66, 0.03), (-0.33, -0.5, 0.035)):
        pen.ellipse(x, y, size, size * 0.85, dots)


@subject("cactus", breadth=0.75)
def cactus(pen: Pen, color: Color) -> None:
    rib = darker(color, 0.3)
    pen.line([(-0.06, -0.34), (-0.28, -0.36), (-0.3, -0.62)], 0.15, color)
    pen.line([(0.06, -0.24), (0.28, -0.28), (0.3, -0.48)], 0.14, color)
    pen.box(-0.15, -0.92, 0.3, 0.92, pen.upright(color, -0.16, 0.18), 0.15)
    for x in (-0.06, 0.05):
        pen.line([(x, -0.84), (x, -0.04)], 0.018, rib)
    for _ in range(12):
        x, y = pen.random.uniform(-0.11, 0.11), pen.random.uniform(-0.82, -0.08)
        pen.line([(x, y), (x + 0.03, y - 0.03)], 0.014, lighter(color, 0.6))
    bloom = rgb("#f06aa8") if not (color[0] > 0.8 and color[2] > 0.5) else rgb("#f8d23c")
    for angle in (-0.9, -0.3, 0.3, 0.9):
        pen.ellipse(0.09 * math.sin(angle), -0.93 - 0.04 * math.cos(angle), 0.035, 0.07, bloom, angle)


@subject("pumpkin", breadth=1.05)
def pumpkin(pen: Pen, color: Color) -> None:
    pen.blob([(-0.03, -0.74), (-0.02, -0.9), (0.1, -0.96), (0.12, -0.88), (0.05, -0.74)], rgb("#5c7a34"))
    for x, width in ((-0.34, 0.18), (0.34, 0.18), (-0.2, 0.2), (0.2, 0.2), (0, 0.2)):
        pen.ellipse(x, -0.38, width, 0.38, pen.lit(mix(color, darker(color, 0.4), abs(x)), x, -0.4, 0.32))
    pen.line([(0.05, -0.78), (0.22, -0.86), (0.3, -0.76)], 0.02, rgb("#5c7a34"))
