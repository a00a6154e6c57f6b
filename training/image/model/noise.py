"""The noise of SD 1: how much of a picture is left at each of 1000 steps."""

import torch

STEPS = 1000


def kept_shares() -> torch.Tensor:
    """The share of the picture's energy at each step (alpha-bar), from nearly 1 to nearly 0."""
    betas = torch.linspace(0.00085**0.5, 0.012**0.5, STEPS, dtype=torch.float64) ** 2
    return torch.cumprod(1 - betas, 0)
