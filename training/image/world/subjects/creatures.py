"""What flies, swims or is made up."""

from ..palette import Color, INK, brightness, darker, lighter, mix, rgb
from ..pen import Pen
from .registry import subject

BEAK = rgb("#f2a830")


def _beak(color: Color) -> Color:
    return rgb("#e0552c") if brightness(color) > 0.55 and color[2] < 0.4 else BEAK


@subject("bird", homes="ground air", breadth=1.0)
def bird(pen: Pen, color: Color) -> None:
    for x in (-0.06, 0.08):
        pen.line([(x, -0.2), (x + 0.02, -0.02), (x - 0.07, 0)], 0.022, _beak(color), smooth=False)
    pen.blob([(0.24, -0.4), (0.56, -0.52), (0.54, -0.36), (0.26, -0.24)], darker(color, 0.25))
    pen.blob([(-0.32, -0.44), (-0.2, -0.7), (0.1, -0.62), (0.32, -0.38), (0.16, -0.18), (-0.12, -0.16)], pen.lit(color, 0, -0.42, 0.4))
    pen.ellipse(-0.12, -0.32, 0.15, 0.13, lighter(color, 0.5))
    pen.ellipse(-0.24, -0.7, 0.2, 0.19, pen.lit(color, -0.24, -0.7, 0.24))
    pen.blob([(-0.06, -0.5), (0.16, -0.52), (0.36, -0.36), (0.1, -0.28)], darker(color, 0.18))
    pen.line([(0.02, -0.44), (0.26, -0.37)], 0.02, darker(color, 0.4))
    pen.polygon([(-0.42, -0.76), (-0.42, -0.64), (-0.58, -0.68)], _beak(color))
    pen.eye(-0.29, -0.74, 0.045, INK if brightness(color) > 0.25 else rgb("#f6e26a"))


@subject("owl", homes="ground air", breadth=0.75)
def owl(pen: Pen, color: Color) -> None:
    pale = lighter(color, 0.5) if brightness(color) < 0.8 else darker(color, 0.12)
    pen.mirrored(lambda side: pen.polygon([(0.08, -0.86), (0.28, -1.0), (0.31, -0.7)], color))
    pen.blob([(-0.28, -0.06), (-0.36, -0.46), (-0.28, -0.84), (0, -0.92), (0.28, -0.84), (0.36, -0.46), (0.28, -0.06), (0, 0)], pen.lit(color, 0, -0.46, 0.5))
    pen.ellipse(0, -0.28, 0.2, 0.24, pale)
    for row, y in enumerate((-0.4, -0.3, -0.2)):
        for x in ((-0.1, 0, 0.1) if row % 2 else (-0.05, 0.05)):
            pen.line([(x - 0.03, y), (x, y + 0.03), (x + 0.03, y)], 0.018, darker(color, 0.15))
    pen.mirrored(lambda side: pen.blob([(0.26, -0.56), (0.4, -0.4), (0.34, -0.1), (0.22, -0.2)], darker(color, 0.28)))
    pen.mirrored(lambda side: pen.ellipse(0.13, -0.68, 0.14, 0.14, lighter(pale, 0.4)))
    pen.mirrored(lambda side: pen.ellipse(0.12, -0.68, 0.095, 0.095, rgb("#f5b52e")))
    pen.mirrored(lambda side: pen.eye(0.12, -0.68, 0.06))
    pen.polygon([(-0.045, -0.6), (0.045, -0.6), (0, -0.5)], BEAK if color[2] > 0.2 else rgb("#5a4632"))
    pen.mirrored(lambda side: pen.ellipse(0.1, -0.01, 0.08, 0.035, BEAK))


@subject("butterfly", homes="air ground", breadth=1.2)
def butterfly(pen: Pen, color: Color) -> None:
    rim, dot = darker(color, 0.55), lighter(color, 0.6)
    def wing(side: int) -> None:
        pen.blob([(0.02, -0.5), (0.2, -0.92), (0.52, -0.98), (0.56, -0.66), (0.3, -0.48)], rim)
        pen.blob([(0.02, -0.5), (0.26, -0.4), (0.46, -0.26), (0.36, -0.04), (0.12, -0.16)], rim)
        pen.blob([(0.05, -0.54), (0.21, -0.86), (0.46, -0.92), (0.49, -0.68), (0.28, -0.54)], pen.lit(color, 0.28, -0.7, 0.3))
        pen.blob([(0.05, -0.46), (0.24, -0.36), (0.39, -0.25), (0.32, -0.1), (0.14, -0.2)], pen.lit(color, 0.24, -0.28, 0.25))
        pen.ellipse(0.36, -0.78, 0.06, 0.07, dot)
        pen.ellipse(0.28, -0.22, 0.045, 0.045, dot)
        pen.line([(0.01, -0.66), (0.06, -0.86), (0.13, -0.92)], 0.018, INK)
    pen.mirrored(wing)
    pen.ellipse(0, -0.46, 0.04, 0.24, INK)
    pen.ellipse(0, -0.7, 0.05, 0.05, INK)


@subject("fish", homes="deep water", breadth=1.25)
def fish(pen: Pen, color: Color) -> None:
    fin = darker(color, 0.22)
    pen.blob([(0.34, -0.45), (0.64, -0.74), (0.6, -0.45), (0.64, -0.16)], fin)
    pen.blob([(-0.2, -0.7), (0.04, -0.92), (0.24, -0.64)], fin)
    pen.blob([(-0.06, -0.22), (0.1, -0.04), (0.18, -0.26)], fin)
    pen.blob([(-0.56, -0.44), (-0.3, -0.7), (0.06, -0.72), (0.42, -0.46), (0.06, -0.18), (-0.3, -0.2)], pen.lit(color, -0.06, -0.48, 0.5))
    for x in (-0.04, 0.14):
        pen.line([(x, -0.66), (x + 0.06, -0.45), (x, -0.24)], 0.06, lighter(color, 0.55))
    pen.ellipse(-0.32, -0.5, 0.1, 0.1, (1, 1, 1))
    pen.eye(-0.33, -0.5, 0.055)
    pen.line([(-0.54, -0.4), (-0.46, -0.36), (-0.4, -0.38)], 0.02, darker(color, 0.5))


@subject("whale", homes="deep water", breadth=1.35)
def whale(pen: Pen, color: Color) -> None:
    pen.blob([(0.42, -0.36), (0.56, -0.66), (0.74, -0.78), (0.66, -0.6), (0.82, -0.54), (0.62, -0.46), (0.52, -0.2)], pen.lit(color, 0.6, -0.5, 0.3))
    pen.blob([(-0.62, -0.34), (-0.56, -0.62), (-0.3, -0.76), (0.04, -0.7), (0.4, -0.46), (0.56, -0.32), (0.3, -0.1), (-0.2, -0.04), (-0.54, -0.12)], pen.lit(color, -0.1, -0.42, 0.6))
    pen.blob([(-0.62, -0.3), (-0.3, -0.26), (0.06, -0.2), (0.2, -0.1), (-0.2, -0.04), (-0.54, -0.12)], lighter(color, 0.72))
    for x in (-0.44, -0.3, -0.16):
        pen.line([(x, -0.24), (x + 0.03, -0.1)], 0.014, mix(color, (1, 1, 1), 0.35))
    pen.blob([(-0.14, -0.24), (0.02, -0.24), (-0.02, 0.0), (-0.12, -0.04)], darker(color, 0.25))
    pen.eye(-0.42, -0.4, 0.038, INK if brightness(color) > 0.25 else rgb("#f0f0f0"))
    for lean in (-0.14, 0, 0.14):
        pen.line([(-0.26, -0.76), (-0.26 + lean * 0.6, -0.9), (-0.26 + lean * 1.6, -0.92)], 0.03, rgb("#bfe6f8"))


@subject("dragon", homes="ground air", breadth=1.1)
def dragon(pen: Pen, color: Color) -> None:
    wing, pale = darker(color, 0.35), lighter(color, 0.55)
    pen.mirrored(lambda side: pen.polygon([(0.1, -0.5), (0.3, -0.94), (0.6, -0.84), (0.52, -0.68), (0.58, -0.52), (0.42, -0.5), (0.36, -0.34)], wing))
    pen.mirrored(lambda side: pen.line([(0.12, -0.5), (0.3, -0.94), (0.6, -0.84)], 0.03, darker(wing, 0.3), smooth=False))
    pen.line([(0.14, -0.08), (0.42, -0.04), (0.5, -0.2), (0.44, -0.3)], 0.1, color)
    pen.polygon([(0.36, -0.28), (0.53, -0.28), (0.46, -0.44)], wing)
    pen.blob([(-0.24, 0), (-0.26, -0.3), (-0.13, -0.54), (0.13, -0.54), (0.26, -0.3), (0.24, 0)], pen.lit(color, 0, -0.28, 0.4))
    pen.blob([(-0.13, -0.03), (-0.14, -0.3), (0, -0.5), (0.14, -0.3), (0.13, -0.03)], pale)
    for y in (-0.14, -0.24, -0.34):
        pen.line([(-0.11, y), (0.11, y)], 0.016, mix(pale, color, 0.5))
    pen.mirrored(lambda side: pen.ellipse(0.14, -0.03, 0.11, 0.055, color))
    pen.mirrored(lambda side: pen.polygon([(0.1, -0.88), (0.2, -1.04), (0.22, -0.8)], rgb("#f4e4bc")))
    pen.ellipse(0, -0.72, 0.25, 0.21, pen.lit(color, 0, -0.72, 0.3))
    pen.ellipse(0, -0.6, 0.18, 0.12, pen.lit(lighter(color, 0.12), 0, -0.6, 0.2))
    pen.mirrored(lambda side: pen.ellipse(0.06, -0.61, 0.02, 0.025, INK))
    pen.mirrored(lambda side: pen.eye(0.13, -0.77, 0.058, rgb("#2b2a10") if brightness(color) > 0.25 else rgb("#f7d84a")))


@subject("robot", homes="ground", breadth=0.75)
def robot(pen: Pen, color: Color) -> None:
    metal, glowing = rgb("#a9b2bd"), rgb("#6ff2ef")
    pen.mirrored(lambda side: pen.box(0.06, -0.14, 0.14, 0.14, pen.upright(darker(metal, 0.2), 0.06, 0.2), 0.04))
    pen.mirrored(lambda side: pen.line([(0.26, -0.46), (0.38, -0.34), (0.36, -0.2)], 0.07, metal))
    pen.mirrored(lambda side: pen.ellipse(0.36, -0.18, 0.06, 0.06, darker(color, 0.1)))
    pen.box(-0.27, -0.54, 0.54, 0.42, pen.upright(color, -0.3, 0.3), 0.08)
    pen.box(-0.15, -0.44, 0.3, 0.2, lighter(color, 0.55), 0.04)
    for x, lamp in ((-0.08, "#e84a4a"), (0, "#f6cf3c"), (0.08, "#52c46a")):
        pen.ellipse(x, -0.34, 0.032, 0.032, rgb(lamp))
    pen.line([(0, -0.9), (0, -1.0)], 0.03, metal)
    pen.ellipse(0, -1.0, 0.05, 0.05, rgb("#f25050"))
    pen.mirrored(lambda side: pen.box(0.26, -0.8, 0.07, 0.14, metal, 0.02))
    pen.box(-0.28, -0.92, 0.56, 0.36, pen.upright(lighter(color, 0.12), -0.3, 0.3), 0.1)
    pen.box(-0.22, -0.84, 0.44, 0.2, rgb("#1d2838"), 0.07)
    pen.mirrored(lambda side: pen.ellipse(0.11, -0.74, 0.055, 0.06, glowing))
    pen.line([(-0.07, -0.62), (0, -0.6), (0.07, -0.62)], 0.02, rgb("#1d2838"))
