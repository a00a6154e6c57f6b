"""Styles of light and film."""

import cv2
import numpy as np

from ..scene import Layers
from .tools import blur, edges, gray, noise, saturate, vignette


def neon(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Glowing tubes in the dark: every outline in a bright form of its colour."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    soft = cv2.bilateralFilter(picture, 5, 0.15, 2 * unit)
    line = np.clip(edges(soft, 0.8 * unit) * 1.6 - 0.22, 0, 1)
    rim = np.clip(edges(layers.mask[..., 0], 0.9 * unit) * 1.5, 0, 1)
    color = soft / np.maximum(soft.max(axis=2, keepdims=True), 0.08)
    color = saturate(color.astype(np.float32), 2.2)
    # Grey has no colour to glow in: the background takes magenta and cyan instead.
    pale = (1 - (color.max(axis=2) - color.min(axis=2)))[..., None]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    tube = np.array([1.0, 0.15, 0.75], np.float32) * (1 - y) + np.array([0.1, 0.85, 1.0], np.float32) * y
    color = color * (1 - pale * 0.7) + tube * pale * 0.7
    around = line * (1 - layers.figures[..., 3]) * 0.55
    light = color * np.maximum(np.maximum(line * layers.figures[..., 3], rim), around)[..., None]
    night = np.array([0.045, 0.02, 0.11], np.float32) + 0.14 * picture * np.array([0.6, 0.35, 1.0], np.float32)
    inside = layers.mask * soft * 0.3
    glow = blur(light, 2.2 * unit) * 1.1 + blur(light, 6 * unit) * 0.9
    return np.clip(night * (1 - layers.mask * 0.5) + inside + light * 1.1 + glow, 0, 1)


def noir(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Black and white with hard shadows, light through blinds, dark corners."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    tone = gray(picture)
    tone = np.where(layers.figures[..., 3] > 0.5, tone * 1.15 + 0.06, tone * 0.62)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    slats = 0.5 + 0.5 * np.sin((y + x * 0.32) * 2 * np.pi / (22 * unit))
    tone = tone * (0.62 + 0.5 * np.clip(slats * 2.2 - 0.5, 0, 1))
    contrast = 1 / (1 + np.exp(-(tone - 0.42) * 8.5))
    rim = np.clip(edges(layers.mask[..., 0], 0.8 * unit), 0, 1)
    contrast = np.maximum(contrast, rim * 0.6)
    return np.clip(contrast[..., None] * vignette(height, width, 0.75) * np.ones(3, np.float32), 0, 1)


def vintage(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """An old print: sepia, faded, with grain and a pale frame."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    tone = blur(gray(picture), 0.5 * unit) * 0.86 + 0.06
    sepia = tone[..., None] * np.array([1.06, 0.86, 0.6], np.float32) + np.array([0.06, 0.035, 0.0], np.float32)
    faded = sepia * 0.74 + saturate(picture, 0.9) * 0.26
    faded = faded * vignette(height, width, 0.38) + 0.012 * noise(random, height, width, 5 * unit)[..., None]
    y, x = np.mgrid[0:height, 0:width]
    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)) >= round(4.5 * unit)
    return np.clip(np.where(inside[..., None], faded, np.array([0.93, 0.89, 0.8], np.float32)), 0, 1)
