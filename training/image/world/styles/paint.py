"""Painted and drawn styles."""

import cv2
import numpy as np

from ..scene import Layers
from .tools import blur, edges, gray, noise, posterize, saturate


def watercolor(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Washes that run, pools of pigment at their rims, white paper at the edges."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    wobble = [noise(random, height, width, 22 * unit) * 1.5 * unit for _ in range(2)]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    picture = cv2.remap(picture, x + wobble[0], y + wobble[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    picture = blur(cv2.bilateralFilter(picture, 5, 0.2, 2.4 * unit), 0.7 * unit)
    rim = np.clip(edges(picture, 1.6 * unit) * 0.8 - 0.06, 0, 0.3)[..., None]
    pool = np.clip(0.72 + 0.11 * noise(random, height, width, 18 * unit), 0.35, 1)[..., None]
    wash = 1 - (1 - saturate(picture, 1.2)) * pool
    wash = wash * (1 - rim * 0.6)
    paper = np.array([0.985, 0.97, 0.935], np.float32)
    border = _ragged_border(random, height, width, unit)
    return np.clip(wash * border + paper * (1 - border), 0, 1)


def storybook(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Warm crayon colours with a soft brown outline and the grain of drawing paper."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    flat = cv2.bilateralFilter(picture, 5, 0.12, 2.0 * unit)
    warm = np.clip(saturate(flat, 1.05) * np.array([1.04, 0.99, 0.86], np.float32) * 0.86 + 0.13, 0, 1)
    outline = np.clip(edges(np.concatenate([flat, layers.mask], axis=2), 0.8 * unit) * 1.3 - 0.25, 0, 1)[..., None]
    brown = np.array([0.34, 0.2, 0.12], np.float32)
    drawn = warm * (1 - outline) + brown * outline
    grain = 0.014 * noise(random, height, width, 5 * unit)
    return np.clip(drawn + grain[..., None], 0, 1)


def pencil(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Graphite on white: lines where things end, hatching where they are dark."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    tone = gray(blur(picture, 0.8 * unit))
    line = np.clip(edges(np.concatenate([picture, layers.mask], axis=2), 0.6 * unit) * 1.5 - 0.12, 0, 1)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    # A step of 8 pixels repeats in each cell of the latent picture: strokes cost it nothing.
    hatch = 0.5 + 0.5 * np.sin((x + y) * 2 * np.pi / 8)
    cross = 0.5 + 0.5 * np.sin((x - y) * 2 * np.pi / 8)
    dark = np.clip(0.62 - tone, 0, 1) * 1.5
    darker_still = np.clip(0.32 - tone, 0, 1) * 1.8
    paper = 0.965
    sheet = paper - hatch * dark * 0.75 - cross * darker_still * 0.7 - 0.1 * (1 - posterize(tone, 5)) - line * 0.78
    return np.clip(sheet, 0, 1)[..., None] * np.array([1.0, 0.995, 0.985], np.float32)


def _ragged_border(random: np.random.Generator, height: int, width: int, unit: float) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)) / unit
    inside = inside + noise(random, height, width, 18 * unit) * 2.0
    return blur(np.clip((inside - 3.5) / 2.5, 0, 1), 0.5 * unit)[..., None]
