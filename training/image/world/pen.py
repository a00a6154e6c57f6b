"""Drawing with cairo in a subject's own measure: its foot stands at (0, 0), and it reaches up to about y = -1."""

import math
from collections.abc import Sequence
from random import Random

import cairo

from .palette import Color, darker, lighter

Point = tuple[float, float]
Paint = Color | cairo.Pattern


class Pen:
    """Shapes with soft volume: what `lit` paints is lighter towards the upper left, where the light comes from."""

    def __init__(self, context: cairo.Context, random: Random):
        self.context = context
        self.random = random

    def ellipse(self, x: float, y: float, width: float, height: float, paint: Paint, turn: float = 0.0) -> None:
        """Centre and radii; `turn` in radians."""
        context = self.context
        context.save()
        context.translate(x, y)
        context.rotate(turn)
        context.scale(max(width, 1e-4), max(height, 1e-4))
        context.arc(0, 0, 1, 0, 2 * math.pi)
        context.restore()
        self._fill(paint)

    def polygon(self, points: Sequence[Point], paint: Paint) -> None:
        self.context.move_to(*points[0])
        for point in points[1:]:
            self.context.line_to(*point)
        self.context.close_path()
        self._fill(paint)

    def box(self, x: float, y: float, width: float, height: float, paint: Paint, corner: float = 0.0) -> None:
        """Left, top, width and height, with rounded corners."""
        context = self.context
        r = min(corner, width / 2, height / 2)
        context.new_sub_path()
        for cx, cy, start in ((x + width - r, y + r, -90), (x + width - r, y + height - r, 0), (x + r, y + height - r, 90), (x + r, y + r, 180)):
            context.arc(cx, cy, r, math.radians(start), math.radians(start + 90))
        context.close_path()
        self._fill(paint)

    def blob(self, points: Sequence[Point], paint: Paint) -> None:
        """A closed smooth curve through the points."""
        self._curve(points, closed=True)
        self._fill(paint)

    def line(self, points: Sequence[Point], width: float, paint: Paint, smooth: bool = True) -> None:
        context = self.context
        if smooth and len(points) > 2:
            self._curve(points, closed=False)
        else:
            context.move_to(*points[0])
            for point in points[1:]:
                context.line_to(*point)
        context.set_line_width(width)
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        self._set(paint)
        context.stroke()

    def eye(self, x: float, y: float, size: float, color: Color = (0.1, 0.08, 0.12)) -> None:
        self.ellipse(x, y, size, size * 1.15, color)
        self.ellipse(x - size * 0.3, y - size * 0.4, size * 0.36, size * 0.36, (1.0, 1.0, 1.0))

    def lit(self, color: Color, x: float, y: float, size: float) -> cairo.Pattern:
        """Round volume: centre and reach of the shape."""
        pattern = cairo.RadialGradient(x - size * 0.35, y - size * 0.45, size * 0.05, x, y, size * 1.25)
        for stop, shade in ((0.0, lighter(color, 0.32)), (0.45, color), (1.0, darker(color, 0.34))):
            pattern.add_color_stop_rgb(stop, *shade)
        return pattern

    def upright(self, color: Color, left: float, right: float) -> cairo.Pattern:
        """A wall or a trunk: light on the left, shade on the right."""
        return self.blend((left, 0), (right, 0), lighter(color, 0.22), color, darker(color, 0.3))

    def blend(self, start: Point, end: Point, *colors: Color) -> cairo.Pattern:
        pattern = cairo.LinearGradient(*start, *end)
        for index, color in enumerate(colors):
            pattern.add_color_stop_rgb(index / max(1, len(colors) - 1), *color)
        return pattern

    def glow(self, x: float, y: float, size: float, color: Color, strength: float) -> None:
        """Light around a point."""
        pattern = cairo.RadialGradient(x, y, 0, x, y, size)
        pattern.add_color_stop_rgba(0, *color, strength)
        pattern.add_color_stop_rgba(1, *color, 0)
        self.ellipse(x, y, size, size, pattern)

    def mirrored(self, draw) -> None:
        """Draws something on the right as it is and on the left as in a mirror; it is given 1 or -1."""
        for side in (1, -1):
            self.context.save()
            self.context.scale(side, 1)
            draw(side)
            self.context.restore()

    def _curve(self, points: Sequence[Point], closed: bool) -> None:
        # Catmull-Rom: the curve goes through each point, in the direction from the one before to the one after.
        n = len(points)
        at = (lambda i: points[i % n]) if closed else (lambda i: points[min(max(i, 0), n - 1)])
        self.context.move_to(*points[0])
        for i in range(n if closed else n - 1):
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
            self.context.curve_to(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
        if closed:
            self.context.close_path()

    def _fill(self, paint: Paint) -> None:
        self._set(paint)
        self.context.fill()

    def _set(self, paint: Paint) -> None:
        if isinstance(paint, tuple):
            self.context.set_source_rgb(*paint)
        else:
            self.context.set_source(paint)
