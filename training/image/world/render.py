"""From a scene to pixels."""

import numpy as np

from .scene import Layers, Scene, draw_layers
from .styles import STYLES


def render(scene: Scene, width: int, height: int) -> tuple[np.ndarray, Layers]:
    """Gives the picture as height x width x 3 bytes, and the layers it was made of."""
    layers = draw_layers(scene, width, height)
    picture = STYLES[scene.style](layers, np.random.default_rng(scene.seed))
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8), layers
