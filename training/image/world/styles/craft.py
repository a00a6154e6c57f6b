"""Styles made of pieces: squares, sheets, panes and dots."""

import cv2
import numpy as np

from ..scene import Layers
from .tools import blur, gray, noise, posterize, saturate


def pixel_art(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """A grid of 32 large squares with few, strong colours."""
    picture = saturate(layers.flat(), 1.25)
    height, width, _ = picture.shape
    side = min(height, width) / 32
    cells = (round(width / side), round(height / side))
    small = cv2.resize(picture, cells, interpolation=cv2.INTER_AREA)
    # A dark rim around the subject, as sprites have.
    mask = cv2.resize(layers.figures[..., 3], cells, interpolation=cv2.INTER_AREA) > 0.5
    rim = cv2.dilate(mask.astype(np.uint8), np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)).astype(bool) & ~mask
    small = posterize(np.clip((small - 0.5) * 1.15 + 0.5, 0, 1), 6)
    small[rim] *= 0.35
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def paper_cut(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Sheets of coloured paper above each other, each with its shadow."""
    height, width, _ = layers.background.shape
    unit = min(height, width) / 128
    sheet = _sheets(layers.background, unit, 5)
    tone = gray(sheet)
    raised = np.zeros_like(tone)
    for level in np.unique(np.round(tone, 1)):
        raised = np.maximum(raised, _cast((tone > level + 0.05).astype(np.float32), unit, 1.6) * (tone <= level + 0.05) * 0.3)
    sheet = sheet * (1 - raised[..., None])
    mask = np.clip(layers.mask * 1.4 - 0.2, 0, 1)
    color = _sheets(layers.figures[..., :3] / np.maximum(layers.mask, 0.05), unit, 6)
    white = cv2.dilate(mask[..., 0], cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(unit * 1.4) + 1,) * 2))[..., None]
    shadow = _cast(white[..., 0], unit, 3.2)[..., None] * (1 - white) * 0.55
    picture = sheet * (1 - shadow)
    picture = picture * (1 - white) + np.float32(0.97) * white
    picture = picture * (1 - mask) + color * mask
    picture = picture * (1 - layers.front[..., 3:]) + layers.front[..., :3]
    return np.clip(picture + 0.025 * noise(random, height, width, 1.2 * unit)[..., None], 0, 1)


def stained_glass(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Panes of one bright colour each, in lead."""
    picture = saturate(layers.flat(), 1.5)
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    seeds = _seeds(random, layers, height, width, unit)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = (x[..., None] - seeds[:, 0]) ** 2 + (y[..., None] - seeds[:, 1]) ** 2
    pane = distance.argmin(axis=2)
    # Panes end where the subject ends.
    pane = pane * 2 + (layers.figures[..., 3] > 0.5)
    count = int(pane.max()) + 1
    area = np.maximum(np.bincount(pane.ravel(), minlength=count), 1)
    means = np.stack([np.bincount(pane.ravel(), picture[..., channel].ravel(), count) / area for channel in range(3)], axis=1)
    glass = np.clip(means[pane] * 1.12 + 0.03, 0, 1).astype(np.float32)
    shine = 1 + 0.1 * noise(random, height, width, 12 * unit)[..., None]
    lead = (cv2.morphologyEx(pane.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)) > 0).astype(np.float32)
    lead = blur(cv2.dilate(lead, np.ones((max(1, round(1.3 * unit)),) * 2, np.uint8)), 0.45 * unit)[..., None]
    return np.clip(glass * shine * (1 - lead) + np.array([0.07, 0.06, 0.08], np.float32) * lead, 0, 1)


def risograph(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Two or three inks in dots, a little out of register, on cream paper."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    inks = [(np.array([0.0, 0.45, 0.75]), 0, 0.35), (np.array([1.0, 0.28, 0.4]), 1, 1.1), (np.array([1.0, 0.84, 0.1]), 2, 0.0)]
    sheet = np.ones_like(picture) * np.array([0.97, 0.945, 0.88], np.float32)
    for ink, channel, turn in inks:
        shift = random.uniform(-1.3, 1.3, 2) * unit
        plate = cv2.warpAffine(1 - picture[..., channel], np.array([[1, 0, shift[0]], [0, 1, shift[1]]]), (width, height), borderMode=cv2.BORDER_REPLICATE)
        dots = _halftone(posterize(np.clip(plate * 1.1 - 0.05, 0, 1), 5), turn, 4.0 * unit)
        dots = dots * (0.92 + 0.08 * noise(random, height, width, 1.5 * unit))
        sheet = sheet * (1 - dots[..., None] * (1 - ink) * 0.95)
    return np.clip(sheet, 0, 1).astype(np.float32)


def _sheets(picture: np.ndarray, unit: float, levels: int) -> np.ndarray:
    flat = cv2.bilateralFilter(np.ascontiguousarray(np.clip(picture, 0, 1), np.float32), 0, 0.2, 2.5 * unit)
    return posterize(saturate(flat, 1.1), levels).astype(np.float32)


def _cast(mask: np.ndarray, unit: float, reach: float) -> np.ndarray:
    """The shadow of a sheet, to the lower right."""
    height, width = mask.shape
    moved = cv2.warpAffine(mask, np.array([[1, 0, reach * 0.6 * unit], [0, 1, reach * unit]]), (width, height))
    return blur(moved, reach * 0.45 * unit)


def _seeds(random: np.random.Generator, layers: Layers, height: int, width: int, unit: float) -> np.ndarray:
    """Middles of panes: small ones in the subject, large ones around it."""
    wide = random.uniform((0, 0), (width, height), (int(34 * width * height / (128 * unit) ** 2), 2))
    rows, columns = np.nonzero(layers.figures[..., 3] > 0.5)
    if len(rows) == 0:
        return wide.astype(np.float32)
    chosen = random.integers(0, len(rows), 22)
    return np.concatenate([wide, np.stack([columns[chosen], rows[chosen]], axis=1)]).astype(np.float32)


def _halftone(plate: np.ndarray, turn: float, step: float) -> np.ndarray:
    height, width = plate.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = x * np.cos(turn) + y * np.sin(turn), -x * np.sin(turn) + y * np.cos(turn)
    screen = 0.5 + 0.25 * (np.cos(u * 2 * np.pi / step) + np.cos(v * 2 * np.pi / step))
    return np.clip((plate - screen) * 3.5 + 0.5 + plate * 0.3, 0, 1)
