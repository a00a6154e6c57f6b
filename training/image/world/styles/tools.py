"""What styles share. Pictures are height x width x 3, floats from 0 to 1."""

import cv2
import numpy as np


def gray(picture: np.ndarray) -> np.ndarray:
    return picture @ np.array([0.3, 0.59, 0.11], np.float32)


def blur(picture: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), max(sigma, 0.1))


def noise(random: np.random.Generator, height: int, width: int, grain: float) -> np.ndarray:
    """Smooth noise around 0; `grain` is the size of its spots in pixels."""
    small = random.standard_normal((max(2, int(height / grain)), max(2, int(width / grain)))).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def edges(picture: np.ndarray, sigma: float = 0.7) -> np.ndarray:
    """How sharply the picture changes at each pixel, over all channels: 0 in flat parts."""
    soft = blur(picture, sigma)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    strength = np.sqrt(across**2 + down**2)
    return strength.max(axis=2) if strength.ndim == 3 else strength


def saturate(picture: np.ndarray, factor: float) -> np.ndarray:
    base = gray(picture)[..., None]
    return np.clip(base + (picture - base) * factor, 0, 1)


def vignette(height: int, width: int, strength: float) -> np.ndarray:
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return (1 - strength * np.clip((x**2 + y**2) / 2, 0, 1) ** 1.2).astype(np.float32)[..., None]


def posterize(picture: np.ndarray, levels: int) -> np.ndarray:
    return np.round(picture * (levels - 1)) / (levels - 1)
