"""The model drawn by PyTorch, with the same steps and the same noise as the engine: to check the export, and to look
at checkpoints without one."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from model.autoencoder import Autoencoder
from model.noise import STEPS, kept_shares
from model.text_encoder import END_ROW, LENGTH, START_ROW, TextEncoder
from model.unet import UNet
from text.tokenizer import Tokenizer
from train.device import DEVICE, half_precision
from train.prepare import FIRST_WORD_ROW, index_of, rows_of

from .philox import Philox


@dataclass
class Drawer:
    """A checkpoint, ready to draw."""

    autoencoder: Autoencoder
    unet: UNet
    text: TextEncoder
    index: dict[int, int]
    tokenizer: Tokenizer
    samples: int
    #: In 16 bit it is quicker; in 32 it is what the engine computes.
    exact: bool = False

    @torch.no_grad()
    def draw(self, prompts: list[str], seeds: list[int], negative: str = "", steps: int = 20, guidance: float = 4.0, ancestral: bool = True, size: tuple[int, int] = (128, 128)) -> np.ndarray:
        """Gives pictures x height x width x 3 bytes; `size` is (width, height)."""
        noises = [Philox(seed) for seed in seeds]
        shape = (4, size[1] // 8, size[0] // 8)
        fresh = lambda: torch.from_numpy(np.stack([noise.normal(int(np.prod(shape))).reshape(shape) for noise in noises])).to(DEVICE)  # noqa: E731
        wanted, unwanted = self._contexts(prompts), self._contexts([negative] * len(prompts))
        context, bias = torch.cat([wanted, unwanted]), torch.zeros(2 * len(prompts), 1, 1, LENGTH, device=DEVICE)
        times, sigmas = schedule(steps)
        x = fresh() * sigmas[0]
        for index, time in enumerate(times):
            sigma, following = sigmas[index], sigmas[index + 1]
            scaled = (x / (sigma**2 + 1) ** 0.5).repeat(2, 1, 1, 1).contiguous(memory_format=torch.channels_last)
            with self._precision():
                found = self.unet(scaled, torch.full((len(scaled),), time, device=DEVICE), context, bias).float()
            toward, away = found.chunk(2)
            error = away + guidance * (toward - away)
            added = min(following, (following**2 * (sigma**2 - following**2) / sigma**2) ** 0.5) if ancestral else 0.0
            x = x + error * ((following**2 - added**2) ** 0.5 - sigma)
            if ancestral and following > 0:
                x = x + fresh() * added
        with self._precision():
            pictures = self.autoencoder.decoder(x.contiguous(memory_format=torch.channels_last)).float()
        return (pictures.clamp(0, 1) * 255 + 0.5).byte().permute(0, 2, 3, 1).cpu().numpy()

    def _contexts(self, prompts: list[str]) -> torch.Tensor:
        rows = []
        for prompt in prompts:
            words = rows_of(prompt, self.tokenizer, self.index)
            rows.append([START_ROW, *words, *[END_ROW] * (LENGTH - 1 - len(words))])
        with self._precision():
            return self.text(torch.tensor(rows, device=DEVICE))

    def _precision(self):
        return torch.autocast(DEVICE.type, enabled=False) if self.exact else half_precision()


def schedule(steps: int) -> tuple[list[float], list[float]]:
    """The times of the steps (999 down to 0), and the spread of noise at each and after the last."""
    kept = kept_shares()
    spreads = ((1 - kept) / kept).sqrt().log()
    times = torch.linspace(STEPS - 1, 0, steps).tolist()
    between = [float(torch.exp(spreads[int(time)] * (1 - time % 1) + spreads[min(STEPS - 1, int(time) + 1)] * (time % 1))) for time in times]
    return times, [*between, 0.0]


def open_drawer(folder: Path, merges: Path, exact: bool = False) -> Drawer:
    state = torch.load(folder / "unet.pt", map_location=DEVICE)
    autoencoder = Autoencoder().to(DEVICE, memory_format=torch.channels_last).eval()
    autoencoder.load_state_dict(torch.load(folder / "autoencoder.pt", map_location=DEVICE))
    unet = UNet(state["width"]).to(DEVICE, memory_format=torch.channels_last).eval()
    unet.load_state_dict(state["unet"])
    text = TextEncoder(FIRST_WORD_ROW + len(state["tokens"])).to(DEVICE)
    text.load_state_dict(state["text"])
    return Drawer(autoencoder, unet, text, index_of(state["tokens"]), Tokenizer(merges), state["samples"], exact)


def read_wishes(path: Path) -> list[dict]:
    """The lines of a list as evaluate/draw.ts takes it."""
    return [json.loads(line) for line in path.read_text().splitlines()]
