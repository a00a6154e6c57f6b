"""Ten ways to draw a scene, each a function of its layers."""

from collections.abc import Callable

import numpy as np

from ..scene import Layers
from . import craft, light, paint

Style = Callable[[Layers, np.random.Generator], np.ndarray]

STYLES: dict[str, Style] = {
    "plain": lambda layers, random: layers.flat(),
    "watercolor": paint.watercolor,
    "storybook": paint.storybook,
    "pencil": paint.pencil,
    "pixel art": craft.pixel_art,
    "paper cut": craft.paper_cut,
    "stained glass": craft.stained_glass,
    "risograph": craft.risograph,
    "neon": light.neon,
    "noir": light.noir,
    "vintage": light.vintage,
}
