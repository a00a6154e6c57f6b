"""The colours a subject can have, and arithmetic with colours. A colour is (red, green, blue), each 0 to 1."""

Color = tuple[float, float, float]


def rgb(code: str) -> Color:
    """Reads `#rrggbb`."""
    return tuple(int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


COLORS: dict[str, Color] = {
    "red": rgb("#d8262c"),
    "orange": rgb("#f3801f"),
    "gold": rgb("#cf9d28"),
    "yellow": rgb("#f8d834"),
    "green": rgb("#36a048"),
    "teal": rgb("#16a3a0"),
    "light blue": rgb("#7cc8f2"),
    "blue": rgb("#2456d0"),
    "purple": rgb("#7d38b4"),
    "pink": rgb("#f47fb4"),
    "brown": rgb("#84502a"),
    "white": rgb("#f6f4f0"),
    "gray": rgb("#8b9098"),
    "black": rgb("#26252c"),
}

INK = rgb("#2a2430")
WHITE = (1.0, 1.0, 1.0)
BLACK = (0.0, 0.0, 0.0)


def mix(first: Color, second: Color, share: float) -> Color:
    """`share` 0 gives the first colour, 1 the second."""
    return tuple(a + (b - a) * share for a, b in zip(first, second))  # type: ignore[return-value]


def lighter(color: Color, share: float) -> Color:
    return mix(color, WHITE, share)


def darker(color: Color, share: float) -> Color:
    # Towards a deep violet: shadows outdoors are not black.
    return mix(color, (0.06, 0.04, 0.12), share)


def brightness(color: Color) -> float:
    return 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]
