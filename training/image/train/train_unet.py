"""Trains U-Net and text encoder together: RANK=0 WORLD=1 python -m train.train_unet FOLDER SECONDS [MERGES]

Reads what train.prepare made, goes on from FOLDER/unet.pt where that is there, and writes it every three minutes. New
shards and new words may have come since: a word that is new starts from the unknown one, or from what it means where
MERGES is given. Set BATCH (pictures at a time in each process), RATE (learning rate) and HOLD (share of the time before
it falls) in the environment; FINAL=0 keeps the rate up to the end, for a run that another one continues.
"""

import json
import os
import sys
import time
from pathlib import Path

import torch

from model.noise import kept_shares
from model.text_encoder import UNKNOWN_ROW, TextEncoder
from model.unet import UNet
from text.meanings import token_meanings
from text.tokenizer import Tokenizer

from .average import MovingAverage
from .batches import Batch, load_buckets
from .device import DEVICE, half_precision
from .exchange import GradientExchange, join
from .prepare import FIRST_WORD_ROW

RANK, WORLD = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD", "1"))
BATCH = int(os.environ.get("BATCH", "24"))
RATE, HOLD, FINAL = (float(os.environ.get(name, default)) for name, default in (("RATE", "1e-3"), ("HOLD", "0.5"), ("FINAL", "0.02")))
WIDTH = int(os.environ.get("WIDTH", "64"))
SAVE_SECONDS = 180
#: Steps with much noise decide what is where, and plain mean squares of noise hardly see them; the cap keeps peace.
LARGEST_WEIGHT = 100.0
#: Steps with little noise come up less often: min-SNR (arxiv.org/abs/2303.09556) as a way to draw steps.
SNR_LIMIT = 5.0


class Noise:
    def __init__(self):
        kept = kept_shares()
        self.signal, self.noise = kept.sqrt().float().to(DEVICE), (1 - kept).sqrt().float().to(DEVICE)
        self.chance = (SNR_LIMIT / (kept / (1 - kept))).clamp(max=1).float().to(DEVICE)
        self.weight = (1 / kept).clamp(max=LARGEST_WEIGHT).float().to(DEVICE)


class Model:
    """U-Net, text encoder and what they have seen so far."""

    def __init__(self, tokens: list[int]):
        torch.manual_seed(0)
        self.tokens = tokens
        self.text = TextEncoder(FIRST_WORD_ROW + len(tokens)).to(DEVICE)
        self.unet = UNet(WIDTH).to(DEVICE, memory_format=torch.channels_last)
        self.samples = 0

    def parameters(self) -> list[torch.nn.Parameter]:
        return [*self.text.parameters(), *self.unet.parameters()]

    def save(self, path: Path) -> None:
        state = {"tokens": self.tokens, "text": self.text.state_dict(), "unet": self.unet.state_dict(), "width": WIDTH, "samples": self.samples}
        torch.save(state, path.with_suffix(".partial"))
        path.with_suffix(".partial").rename(path)

    @torch.no_grad()
    def load(self, path: Path) -> None:
        state = torch.load(path, map_location=DEVICE)
        self.unet.load_state_dict(state["unet"])
        self.samples = state["samples"]
        place = {token: row for row, token in enumerate(state["tokens"], FIRST_WORD_ROW)}
        table = state["text"].pop("table")
        known = [row for row in range(FIRST_WORD_ROW)] + [place.get(token, UNKNOWN_ROW) for token in self.tokens]
        self.text.load_state_dict({**state["text"], "table": table[torch.tensor(known, device=DEVICE)]})

    @torch.no_grad()
    def start_from_meanings(self, meanings: dict[int, list[tuple[str, str]]]) -> None:
        """Words of one meaning start near each other, and meanings of one kind share a part."""
        generator = torch.Generator().manual_seed(1)
        vectors: dict[object, torch.Tensor] = {}
        width = self.text.table.shape[1]
        vector = lambda key: vectors.setdefault(key, torch.randn(width, generator=generator))  # noqa: E731
        for row, token in enumerate(self.tokens, FIRST_WORD_ROW):
            told = meanings.get(token, [])
            if told:
                mean = sum(0.7 * vector(kind) + vector((kind, meaning)) for kind, meaning in told) / len(told)
                self.text.table[row] = (mean + 0.3 * torch.randn(width, generator=generator)).to(DEVICE)


def loss_of(model: Model, batch: Batch, noise: Noise) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss to train on, and the same without the weight of figures, to print."""
    step = torch.multinomial(noise.chance, len(batch.latents), replacement=True)
    added = torch.randn_like(batch.latents)
    mixed = noise.signal[step, None, None, None] * batch.latents + noise.noise[step, None, None, None] * added
    with half_precision():
        context = model.text(batch.rows)
        found = model.unet(mixed.contiguous(memory_format=torch.channels_last), step, context, batch.biases[:, None, None])
    errors = (found.float() - added).square() * noise.weight[step, None, None, None]
    return (errors * batch.weights).mean(), errors.detach().mean()


def learning_rate(step: int, share: float) -> float:
    falling = 1 if share < HOLD else max(FINAL, 1 - (share - HOLD) / (1 - HOLD)) if FINAL > 0 else 1
    return RATE * min(1, (step + 1) / 100) * falling


def main() -> None:
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    path = folder / "unet.pt"
    model = Model(json.loads((folder / "tokens.json").read_text()))
    if path.exists():
        model.load(path)
    elif len(sys.argv) > 3:
        model.start_from_meanings(token_meanings(Tokenizer(Path(sys.argv[3]))))
    join("unet", str(folder), RANK, WORLD)
    buckets, noise = load_buckets(folder / "data", DEVICE, RANK, WORLD), Noise()
    parameters = model.parameters()
    exchange, average = GradientExchange(parameters, "unet", RANK, WORLD), MovingAverage(parameters, 0.9985)
    table = model.text.table
    groups = [
        {"params": [each for each in parameters if each.dim() > 1 and each is not table], "weight_decay": 0.01, "factor": 1.0},
        {"params": [each for each in parameters if each.dim() == 1], "weight_decay": 0.0, "factor": 1.0},
        # A word is rare: what is learnt from it must count more.
        {"params": [table], "weight_decay": 0.0, "factor": 3.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98), fused=True)
    torch.manual_seed(int(time.time()) * 2 + RANK)
    if RANK == 0:
        print(f"{sum(each.numel() for each in model.unet.parameters()) / 1e6:.1f} million weights, {len(model.tokens)} tokens, {[len(bucket) for bucket in buckets]} pictures, {model.samples} samples seen", flush=True)
    sizes = torch.tensor([float(len(bucket)) for bucket in buckets])
    start, step, saved, elapsed, shown = time.time(), 0, 0.0, 0.0, None
    while elapsed < seconds:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, elapsed / seconds) * group["factor"]
        bucket = buckets[torch.multinomial(sizes, 1).item()]
        loss, plain = loss_of(model, bucket.batch(BATCH), noise)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        exchange.average()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        model.samples += BATCH * WORLD
        average.update(step)
        if step % 10 == 0 or DEVICE.type == "cpu":
            elapsed = exchange.agree(time.time() - start)
            shown = plain.item() if shown is None else shown * 0.98 + plain.item() * 0.02
        if RANK == 0 and step % 100 == 0:
            print(f"step {step}, {elapsed:.0f} s, {BATCH * WORLD * step / elapsed:.1f} samples a second, {model.samples} samples, loss {shown:.4f}", flush=True)
        if RANK == 0 and (elapsed - saved > SAVE_SECONDS or elapsed >= seconds):
            saved = elapsed
            with average.applied():
                model.save(path)


if __name__ == "__main__":
    main()
