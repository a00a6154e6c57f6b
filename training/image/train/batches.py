"""Batches for the U-Net: prepared shards in memory, one size of picture in each batch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from model.text_encoder import UNKNOWN_ROW, padded_rows

#: How much more the area of a figure counts than the rest of the picture.
FIGURE_WEIGHT = 2.5
#: Of captions left out whole, so that guidance has something to guide away from.
EMPTY_SHARE = 0.1
#: Of tokens replaced by the unknown one: unknown words must do no harm.
UNKNOWN_SHARE = 0.03


@dataclass
class Batch:
    latents: torch.Tensor
    rows: torch.Tensor
    biases: torch.Tensor
    #: What each latent pixel counts in the loss, 1 on average: batch x 1 x height x width.
    weights: torch.Tensor


class Bucket:
    """All pictures of one size."""

    def __init__(self, paths: list[Path], device: torch.device):
        shards = [np.load(path) for path in paths]
        whole = lambda name, kind: torch.from_numpy(np.concatenate([shard[name] for shard in shards])).to(device, kind)  # noqa: E731
        self.latents, self.rows = whole("latents", torch.float16), whole("rows", torch.int32)
        self.biases, self.boxes = whole("biases", torch.float16), whole("boxes", torch.float32)

    def __len__(self) -> int:
        return len(self.latents)

    def batch(self, size: int) -> Batch:
        device = self.latents.device
        which = torch.randint(len(self), (size,), device=device)
        form = torch.randint(self.rows.shape[1], (size,), device=device)
        rows, biases = self.rows[which, form].long(), self.biases[which, form].float()
        empty_rows, empty_biases = (torch.tensor(each, device=device) for each in padded_rows([]))
        empty = (torch.rand(size, device=device) < EMPTY_SHARE)[:, None]
        rows, biases = torch.where(empty, empty_rows, rows), torch.where(empty, empty_biases, biases)
        lost = (torch.rand(rows.shape, device=device) < UNKNOWN_SHARE) & (rows > UNKNOWN_ROW)
        rows = rows.masked_fill(lost, UNKNOWN_ROW)
        latents = self.latents[which].float().contiguous(memory_format=torch.channels_last)
        return Batch(latents, rows, biases, _weights(self.boxes[which], *latents.shape[2:]))


def load_buckets(folder: Path, device: torch.device, rank: int, world: int) -> list[Bucket]:
    """Each process takes every `world`-th shard of each size, so that all see different pictures."""
    sizes: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.npz")):
        sizes.setdefault(path.stem.split("-")[0], []).append(path)
    return [Bucket(paths[rank % len(paths) :: world] or paths, device) for paths in sizes.values()]


def _weights(boxes: torch.Tensor, height: int, width: int) -> torch.Tensor:
    y = (torch.arange(height, device=boxes.device) + 0.5)[:, None] / height
    x = (torch.arange(width, device=boxes.device) + 0.5) / width
    left, top, right, bottom = (boxes[..., side, None, None] for side in range(4))
    margin = 0.02
    inside = ((x > left - margin) & (x < right + margin) & (y > top - margin) & (y < bottom + margin) & (right > left)).any(dim=1)
    weights = 1 + (FIGURE_WEIGHT - 1) * inside.float()
    return (weights / weights.mean(dim=(1, 2), keepdim=True))[:, None]
