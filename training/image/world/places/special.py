"""Places without a sky of their own: space, and a room."""

from ..palette import darker, lighter, mix, rgb
from ..pen import Pen
from .registry import place
from .sky import Air


@place("space", {"ground": 0.8, "air": 0.8, "water": 0.8, "deep": 0.8}, ("clear",), ("night",))
def space(pen: Pen, air: Air) -> None:
    random = pen.random
    pen.box(0, 0, air.width, air.height, pen.blend((0, 0), (air.width, air.height), rgb("#0b0824"), rgb("#1c1040"), rgb("#0a1238")))
    for _ in range(4):
        tint = random.choice([rgb("#8a2aa8"), rgb("#2a58b8"), rgb("#c03a86"), rgb("#1f8f9a")])
        pen.glow(random.uniform(0, air.width), random.uniform(0, air.height), random.uniform(0.25, 0.5), tint, 0.5)
    for _ in range(int(70 * air.width * air.height)):
        size = random.choice((0.004, 0.006, 0.006, 0.01))
        pen.ellipse(random.uniform(0, air.width), random.uniform(0, air.height), size, size, random.choice([rgb("#ffffff"), rgb("#fff0c0"), rgb("#c8dcff")]))
    for _ in range(random.choice((1, 1, 2))):
        x, y, size = random.choice((0.14, 0.86)) * air.width, random.uniform(0.12, 0.85) * air.height, random.uniform(0.07, 0.13)
        color = random.choice([rgb("#e08a4a"), rgb("#6fb0d8"), rgb("#c8a0d8"), rgb("#d8c078")])
        pen.ellipse(x, y, size, size, pen.lit(color, x, y, size))
        if random.random() < 0.6:
            pen.ellipse(x, y, size * 1.7, size * 0.22, mix(color, (1, 1, 1), 0.45), -0.35)
            pen.ellipse(x, y - size * 0.25, size * 0.95, size * 0.62, pen.lit(color, x, y, size))


@place("room", {"ground": 0.9, "air": 0.62}, ("clear",), ("day", "night"))
def room(pen: Pen, air: Air) -> None:
    random = pen.random
    wall = random.choice([rgb("#ecd9b8"), rgb("#c4d8d2"), rgb("#e2c4c0"), rgb("#c9cfe4")])
    wall = darker(wall, 0.4) if air.dark else wall
    floor_top = air.height * 0.7
    pen.box(0, 0, air.width, floor_top, pen.blend((0, 0), (air.width, floor_top), lighter(wall, 0.15), darker(wall, 0.12)))
    floor = rgb("#a8734a") if not air.dark else rgb("#6a4630")
    pen.box(0, floor_top, air.width, air.height, pen.blend((0, floor_top), (0, air.height), darker(floor, 0.15), lighter(floor, 0.1)))
    for step in range(1, 5):
        y = floor_top + (air.height - floor_top) * (step / 5) ** 1.3
        pen.line([(0, y), (air.width, y)], 0.006, darker(floor, 0.25))
    pen.box(0, floor_top - 0.025, air.width, 0.03, lighter(wall, 0.5))
    x = air.width * random.choice((0.18, 0.76))
    pen.box(x - 0.15, 0.12, 0.32, 0.34, rgb("#fbf7ee"), 0.01)
    pen.box(x - 0.13, 0.14, 0.28, 0.3, pen.blend((0, 0.14), (0, 0.44), *((rgb("#142050"), rgb("#34468a")) if air.dark else (rgb("#7cc0f0"), rgb("#dff2fc")))))
    pen.line([(x + 0.01, 0.14), (x + 0.01, 0.44)], 0.014, rgb("#fbf7ee"))
    pen.line([(x - 0.13, 0.29), (x + 0.15, 0.29)], 0.014, rgb("#fbf7ee"))
    pen.ellipse(air.width / 2, air.height * 0.91, 0.36, 0.055, random.choice([rgb("#b8504a"), rgb("#4a6ea8"), rgb("#5a8a62")]))
