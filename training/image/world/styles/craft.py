"""Styles made of pieces: squares, sheets, panes and dots."""

import cv2
import numpy as np

from ..scene import Layers
from ..palette import rgb
from .tools import blur, edges, gray, noise, posterize, saturate

#: Pale panes are tinted with one of these.
GLASS = np.array([rgb(code) for code in ("#e9c46a", "#8ec5e8", "#e79aa8", "#a7d7a0", "#c3a6e0")], np.float32)


def pixel_art(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Large squares with few, strong colours: 4 pixels each, 8 in large pictures, as the latent picture has cells of 8."""
    picture = saturate(layers.flat(), 1.25)
    height, width, _ = picture.shape
    side = 4 if min(height, width) < 224 else 8
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
    return np.clip(picture, 0, 1)


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
    # A pale sky still gets glass with a tint; only the subject keeps its white.
    pale = np.clip((means.min(axis=1) - 0.45) * 2.2, 0, 1)[:, None] * (np.arange(count) % 2 == 0)[:, None]
    tints = GLASS[np.arange(count) // 2 % len(GLASS)]
    means = means * (1 - pale * 0.55) + tints * pale * 0.55
    inside = layers.mask * 0.45
    glass = (means[pane] * (1 - inside) + picture * inside).astype(np.float32)
    shine = 1 + 0.1 * noise(random, height, width, 12 * unit)[..., None]
    lead = (cv2.morphologyEx(pane.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)) > 0).astype(np.float32)
    lead = blur(cv2.dilate(lead, np.ones((max(1, round(1.3 * unit)),) * 2, np.uint8)), 0.45 * unit)[..., None]
    return np.clip(glass * shine * (1 - lead) + np.array([0.07, 0.06, 0.08], np.float32) * lead, 0, 1)


def risograph(layers: Layers, random: np.random.Generator) -> np.ndarray:
    """Flat inks, a little out of register, with a screen of blue dots for the shade, on cream paper."""
    picture = layers.flat()
    height, width, _ = picture.shape
    unit = min(height, width) / 128
    tint = posterize(np.clip(saturate(blur(picture, 0.6 * unit), 1.6) * 1.12 + 0.06, 0, 1), 4)
    shift = random.uniform(-1.6, 1.6, 2) * unit
    tint = cv2.warpAffine(tint, np.array([[1, 0, shift[0]], [0, 1, shift[1]]]), (width, height), borderMode=cv2.BORDER_REPLICATE)
    sheet = np.array([0.97, 0.945, 0.88], np.float32) * (0.12 + 0.88 * tint)
    shade = _halftone(np.clip(0.92 - gray(picture), 0, 1) * 0.85)[..., None]
    line = np.clip(edges(layers.mask[..., 0], 0.7 * unit) * 0.9, 0, 0.8)[..., None]
    ink = np.array([0.1, 0.16, 0.42], np.float32)
    sheet = sheet * (1 - shade * 0.72) + ink * shade * 0.72
    return np.clip(sheet * (1 - line) + ink * line, 0, 1).astype(np.float32)


def _sheets(picture: np.ndarray, unit: float, levels: int) -> np.ndarray:
    flat = cv2.bilateralFilter(np.ascontiguousarray(np.clip(picture, 0, 1), np.float32), 5, 0.2, 2.5 * unit)
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
    chosen = random.integers(0, len(rows), 14)
    return np.concatenate([wide, np.stack([columns[chosen], rows[chosen]], axis=1)]).astype(np.float32)


def _halftone(plate: np.ndarray) -> np.ndarray:
    """Dots on a slanting grid that repeats every 8 pixels, as the latent picture has cells of 8."""
    height, width = plate.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    screen = 0.5 + 0.25 * (np.cos((x + y) * 2 * np.pi / 8) + np.cos((x - y) * 2 * np.pi / 8))
    return np.clip((plate - screen) * 3.0 + 0.2, 0, 1)
