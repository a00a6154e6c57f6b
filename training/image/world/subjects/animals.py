"""Animals with four legs, sitting and looking at us: large heads and eyes read well in few pixels."""

from ..palette import Color, INK, brightness, darker, lighter, mix, rgb
from ..pen import Pen
from .registry import subject

NOSE = rgb("#e0728a")


def _belly(color: Color) -> Color:
    return lighter(color, 0.55) if brightness(color) < 0.8 else darker(color, 0.12)


def _dark(color: Color) -> Color:
    """Eyes and noses stand out from black fur as well."""
    return INK if brightness(color) > 0.25 else rgb("#f2d25c")


@subject("cat", breadth=0.8)
def cat(pen: Pen, color: Color) -> None:
    shade = darker(color, 0.22)
    pen.line([(0.2, -0.06), (0.42, -0.12), (0.46, -0.36), (0.36, -0.5)], 0.09, shade)
    pen.blob([(-0.26, 0), (-0.27, -0.3), (-0.14, -0.52), (0.14, -0.52), (0.27, -0.3), (0.28, 0)], pen.lit(color, 0, -0.28, 0.4))
    pen.ellipse(0, -0.18, 0.12, 0.19, _belly(color))
    pen.mirrored(lambda side: pen.ellipse(0.13, -0.03, 0.1, 0.06, lighter(color, 0.12)))
    pen.mirrored(lambda side: pen.polygon([(0.06, -0.84), (0.27, -1.02), (0.29, -0.68)], color))
    pen.mirrored(lambda side: pen.polygon([(0.14, -0.83), (0.245, -0.94), (0.25, -0.74)], NOSE))
    pen.ellipse(0, -0.68, 0.31, 0.25, pen.lit(color, 0, -0.68, 0.34))
    pen.ellipse(0, -0.59, 0.14, 0.1, _belly(color))
    pen.mirrored(lambda side: pen.eye(0.13, -0.71, 0.058, _dark(color)))
    pen.polygon([(-0.035, -0.63), (0.035, -0.63), (0, -0.59)], NOSE)
    for y in (-0.61, -0.57):
        pen.mirrored(lambda side, y=y: pen.line([(0.12, y), (0.34, y - 0.03)], 0.012, lighter(shade, 0.3)))


@subject("dog", breadth=0.85)
def dog(pen: Pen, color: Color) -> None:
    shade = darker(color, 0.3)
    pen.line([(0.2, -0.12), (0.38, -0.22), (0.42, -0.42)], 0.09, color)
    pen.blob([(-0.27, 0), (-0.25, -0.34), (-0.13, -0.55), (0.13, -0.55), (0.25, -0.34), (0.27, 0)], pen.lit(color, 0, -0.3, 0.4))
    pen.ellipse(0, -0.24, 0.13, 0.2, _belly(color))
    pen.mirrored(lambda side: pen.ellipse(0.14, -0.04, 0.11, 0.065, lighter(color, 0.15)))
    pen.ellipse(0, -0.7, 0.27, 0.27, pen.lit(color, 0, -0.7, 0.32))
    pen.mirrored(lambda side: pen.blob([(0.16, -0.92), (0.34, -0.86), (0.38, -0.6), (0.28, -0.52), (0.22, -0.7)], shade))
    pen.ellipse(0, -0.6, 0.16, 0.13, _belly(color))
    pen.mirrored(lambda side: pen.eye(0.11, -0.76, 0.05, _dark(color)))
    pen.ellipse(0, -0.65, 0.06, 0.045, INK)
    pen.line([(0, -0.6), (0, -0.56)], 0.018, INK)
    pen.ellipse(0.02, -0.51, 0.045, 0.06, rgb("#f0788c"))
    pen.box(-0.17, -0.48, 0.34, 0.06, rgb("#c83a3a") if brightness(color) > 0.3 else rgb("#f0c040"), 0.03)


@subject("fox", breadth=0.9)
def fox(pen: Pen, color: Color) -> None:
    white, shade = rgb("#fbf3e8"), darker(color, 0.25)
    pen.blob([(0.1, -0.02), (0.36, -0.02), (0.52, -0.2), (0.5, -0.46), (0.38, -0.36), (0.28, -0.2)], pen.lit(color, 0.38, -0.2, 0.3))
    pen.blob([(0.44, -0.33), (0.52, -0.3), (0.51, -0.48), (0.43, -0.42)], white)
    pen.blob([(-0.24, 0), (-0.22, -0.3), (-0.12, -0.52), (0.12, -0.52), (0.22, -0.3), (0.24, 0)], pen.lit(color, 0, -0.28, 0.4))
    pen.blob([(-0.11, -0.06), (-0.13, -0.34), (0, -0.48), (0.13, -0.34), (0.11, -0.06)], white)
    pen.mirrored(lambda side: pen.ellipse(0.12, -0.03, 0.08, 0.05, shade))
    pen.mirrored(lambda side: pen.polygon([(0.04, -0.8), (0.26, -1.04), (0.3, -0.68)], color))
    pen.mirrored(lambda side: pen.polygon([(0.13, -0.82), (0.235, -0.94), (0.25, -0.74)], darker(shade, 0.4)))
    pen.blob([(-0.36, -0.66), (-0.2, -0.86), (0, -0.88), (0.2, -0.86), (0.36, -0.66), (0.14, -0.54), (0, -0.46), (-0.14, -0.54)], pen.lit(color, 0, -0.7, 0.34))
    pen.mirrored(lambda side: pen.blob([(0.34, -0.66), (0.2, -0.7), (0.06, -0.6), (0, -0.47), (0.14, -0.55)], white))
    pen.mirrored(lambda side: pen.eye(0.13, -0.72, 0.045, INK))
    pen.ellipse(0, -0.49, 0.05, 0.04, INK)


@subject("rabbit", breadth=0.65)
def rabbit(pen: Pen, color: Color) -> None:
    for side, lean in ((1, 0.12), (-1, 0.06)):
        pen.ellipse(0.12 * side, -0.83, 0.075, 0.2, color, lean * side)
        pen.ellipse(0.12 * side, -0.82, 0.038, 0.15, mix(NOSE, color, 0.35), lean * side)
    pen.ellipse(0.26, -0.12, 0.09, 0.09, lighter(color, 0.5))
    pen.blob([(-0.26, 0), (-0.28, -0.2), (-0.16, -0.4), (0.16, -0.4), (0.28, -0.2), (0.26, 0)], pen.lit(color, 0, -0.2, 0.34))
    pen.ellipse(0, -0.16, 0.13, 0.15, _belly(color))
    pen.mirrored(lambda side: pen.ellipse(0.15, -0.03, 0.12, 0.055, lighter(color, 0.15)))
    pen.ellipse(0, -0.52, 0.24, 0.2, pen.lit(color, 0, -0.52, 0.28))
    pen.mirrored(lambda side: pen.ellipse(0.07, -0.45, 0.08, 0.06, _belly(color)))
    pen.mirrored(lambda side: pen.eye(0.12, -0.55, 0.048, _dark(color)))
    pen.ellipse(0, -0.49, 0.03, 0.024, NOSE)


@subject("bear", breadth=0.85)
def bear(pen: Pen, color: Color) -> None:
    pen.blob([(-0.32, 0), (-0.36, -0.3), (-0.2, -0.58), (0.2, -0.58), (0.36, -0.3), (0.32, 0)], pen.lit(color, 0, -0.3, 0.45))
    pen.ellipse(0, -0.26, 0.2, 0.22, _belly(color))
    pen.mirrored(lambda side: pen.ellipse(0.32, -0.36, 0.09, 0.17, pen.lit(color, 0.32, -0.36, 0.2), -0.4))
    pen.mirrored(lambda side: pen.ellipse(0.2, -0.06, 0.14, 0.09, pen.lit(color, 0.2, -0.06, 0.16)))
    pen.mirrored(lambda side: pen.ellipse(0.21, -0.06, 0.07, 0.05, _belly(color)))
    pen.mirrored(lambda side: pen.ellipse(0.23, -0.92, 0.1, 0.1, color))
    pen.mirrored(lambda side: pen.ellipse(0.23, -0.92, 0.055, 0.055, _belly(color)))
    pen.ellipse(0, -0.75, 0.29, 0.26, pen.lit(color, 0, -0.75, 0.32))
    pen.ellipse(0, -0.66, 0.14, 0.11, _belly(color))
    pen.mirrored(lambda side: pen.eye(0.12, -0.8, 0.042, _dark(color)))
    pen.ellipse(0, -0.7, 0.055, 0.04, INK)
    pen.line([(-0.05, -0.62), (0, -0.6), (0.05, -0.62)], 0.018, INK)


@subject("elephant", breadth=1.15)
def elephant(pen: Pen, color: Color) -> None:
    shade = darker(color, 0.2)
    for x in (-0.08, 0.34):
        pen.box(x - 0.1, -0.36, 0.17, 0.36, pen.upright(shade, x - 0.1, x + 0.1), 0.05)
    pen.line([(0.5, -0.5), (0.58, -0.3)], 0.035, shade)
    pen.ellipse(0.14, -0.5, 0.4, 0.31, pen.lit(color, 0.14, -0.5, 0.45))
    for x in (-0.2, 0.22):
        pen.box(x - 0.1, -0.34, 0.18, 0.34, pen.upright(color, x - 0.12, x + 0.12), 0.05)
        pen.mirrored(lambda side: None)
    pen.line([(-0.42, -0.58), (-0.56, -0.36), (-0.54, -0.14), (-0.64, -0.1)], 0.11, color)
    pen.ellipse(-0.32, -0.64, 0.22, 0.22, pen.lit(color, -0.32, -0.64, 0.27))
    pen.blob([(-0.26, -0.86), (-0.02, -0.9), (0.06, -0.62), (-0.08, -0.44), (-0.24, -0.52)], pen.lit(lighter(color, 0.06), -0.1, -0.66, 0.28))
    pen.blob([(-0.2, -0.78), (-0.06, -0.8), (0, -0.62), (-0.08, -0.52), (-0.2, -0.58)], mix(color, NOSE, 0.35))
    pen.line([(-0.44, -0.48), (-0.56, -0.46), (-0.62, -0.54)], 0.04, rgb("#fdf6e4"))
    pen.eye(-0.4, -0.7, 0.036, _dark(color))
