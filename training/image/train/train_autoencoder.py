"""Trains the autoencoder: RANK=0 WORLD=1 python -m train.train_autoencoder FOLDER SECONDS [--decoder]

Reads FOLDER/data, goes on from FOLDER/autoencoder.pt where that is there, and writes it every two minutes. With
`--decoder` the encoder stays as it is, so that what was trained on its latents stays right.
"""

import math
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from model.autoencoder import Autoencoder

from .average import MovingAverage
from .exchange import GradientExchange, join

RANK, WORLD = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD", "1"))
BATCH = 8
#: Sides of crops, small ones at first: many steps matter more than wide views then.
EARLY_CROP, CROP = 32, 64
LEARNING_RATE = 1e-3
#: Keeps the spread of latents near 1 and their mean near 0.
SPREAD_WEIGHT = 0.02
#: Noise on latents in training: what the U-Net gives back is not exact either.
LATENT_NOISE = 0.06


def load_pictures(folder: Path, held_out: bool = False) -> list[np.ndarray]:
    paths = sorted(folder.glob("128x128-*.npy"))
    return [np.load(path, mmap_mode="r") for path in paths if path.stem.endswith("-900") == held_out]


def to_tensor(pictures: np.ndarray) -> torch.Tensor:
    """Bytes, pictures x height x width x 3, to floats from 0 to 1."""
    return torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).float().div_(255).contiguous(memory_format=torch.channels_last)


def random_crops(shards: list[np.ndarray], random: np.random.RandomState, side: int) -> np.ndarray:
    """Crops on the grid of latent cells: patterns that repeat every 8 pixels keep their phase."""
    crops = []
    for _ in range(BATCH):
        shard = shards[random.randint(len(shards))]
        top, left = random.randint(0, (128 - side) // 8 + 1, 2) * 8
        crops.append(shard[random.randint(len(shard)), top : top + side, left : left + side])
    return np.stack(crops)


def slopes(picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return picture[..., 1:, :] - picture[..., :-1, :], picture[..., 1:] - picture[..., :-1]


def loss_of(made: torch.Tensor, wanted: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
    edges = sum(F.l1_loss(a, b) for a, b in zip(slopes(made), slopes(wanted)))
    spread = latents.mean(dim=(0, 2, 3)).square().mean() + (latents.var(dim=(0, 2, 3)) - 1).square().mean()
    return F.l1_loss(made, wanted) + 2 * F.mse_loss(made, wanted) + 0.6 * edges + SPREAD_WEIGHT * spread


def learning_rate(step: int, share: float) -> float:
    """Rises for a moment, stays, and falls over the second half of the time."""
    return LEARNING_RATE * min(1, (step + 1) / 100) * (1 if share < 0.4 else max(0.02, 1 - (share - 0.4) / 0.6))


@torch.no_grad()
def peak_signal_to_noise(network: Autoencoder, pictures: np.ndarray) -> float:
    """In decibels, the mean over pictures."""
    with torch.autocast("cpu", torch.bfloat16):
        wanted = to_tensor(pictures)
        made = network.decoder(network.encoder(wanted)).float().clamp(0, 1)
    return (-10 * torch.log10((made - wanted).square().mean(dim=(1, 2, 3)))).mean().item()


def main() -> None:
    torch.set_num_threads(1)
    folder, seconds, decoder_only = Path(sys.argv[1]), float(sys.argv[2]), "--decoder" in sys.argv
    checkpoint = folder / "autoencoder.pt"
    torch.manual_seed(0)
    network = Autoencoder().to(memory_format=torch.channels_last)
    resumed = checkpoint.exists()
    if resumed:
        network.load_state_dict(torch.load(checkpoint))
    network.encoder.requires_grad_(not decoder_only)
    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
    join("autoencoder", str(folder), RANK, WORLD)
    exchange = GradientExchange(parameters, "autoencoder", RANK, WORLD)
    average = MovingAverage(parameters, 0.99)
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, betas=(0.9, 0.98), weight_decay=1e-4, fused=True)
    shards, held_out = load_pictures(folder / "data"), load_pictures(folder / "data", held_out=True)[0][:64]
    random = np.random.RandomState(int(time.time()) % 10000 * 2 + RANK)
    torch.manual_seed(random.randint(10**6))
    start, step, saved, elapsed = time.time(), 0, 0.0, 0.0
    while elapsed < seconds:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, elapsed / seconds)
        fresh = not resumed and elapsed < seconds / 3
        wanted = to_tensor(random_crops(shards, random, EARLY_CROP if fresh else CROP))
        with torch.autocast("cpu", torch.bfloat16):
            latents = network.encoder(wanted)
            made = network.decoder(latents + LATENT_NOISE * torch.randn_like(latents)).float()
        loss = loss_of(made, wanted, latents.float())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        exchange.average()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        average.update(step)
        elapsed = exchange.agree(time.time() - start)
        if RANK == 0 and step % 50 == 0:
            noise = -10 * math.log10(F.mse_loss(made.detach(), wanted).item())
            print(f"step {step}, {elapsed:.0f} s, {WORLD * BATCH * step / elapsed:.1f} crops a second, loss {loss.item():.4f}, {noise:.1f} dB", flush=True)
        if RANK == 0 and (elapsed - saved > 120 or elapsed >= seconds):
            saved = elapsed
            with average.applied():
                print(f"held out: {peak_signal_to_noise(network, held_out):.2f} dB", flush=True)
                torch.save(network.state_dict(), checkpoint)


if __name__ == "__main__":
    main()
