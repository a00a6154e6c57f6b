"""The judge of drawn pictures: a small network that names subject, colour, place and style, trained on renders alone.

python -m evaluate.probe FOLDER SECONDS trains it on FOLDER/data and writes FOLDER/probe.pt; what it scores on held-out
renders is the most that drawn pictures can score.
"""

import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from train.device import DEVICE, half_precision
from train.render_data import HELD_OUT, read_scenes
from train.train_autoencoder import to_tensor
from world.palette import COLORS
from world.places import PLACES
from world.scene import Scene
from world.styles import STYLES
from world.subjects import SUBJECTS

#: What is asked, with the answers there are.
QUESTIONS = {"subject": sorted(SUBJECTS), "color": sorted(COLORS), "place": sorted(PLACES), "style": sorted(STYLES)}
#: Styles in which no colour is left to name.
COLORLESS = ("pencil", "noir", "vintage")
BATCH = 48
RATE = 2e-3


class Probe(nn.Module):
    def __init__(self):
        super().__init__()
        widths = (3, 32, 64, 128, 192)
        layers: list[nn.Module] = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Conv2d(inputs, outputs, 4, stride=2, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * widths[-1], len(answers)) for name, answers in QUESTIONS.items()})

    def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
        found = self.body(pictures * 4 - 2)
        # The mean tells of the whole picture, the largest of what is anywhere in it.
        pooled = torch.cat([found.mean(dim=(2, 3)), found.amax(dim=(2, 3))], 1)
        return {name: head(pooled) for name, head in self.heads.items()}


def answers_of(scene: Scene) -> dict[str, int]:
    """The right answers; -1 where a question makes no sense."""
    figure = scene.figures[0] if len(scene.figures) == 1 else None
    found = {"place": scene.place, "style": scene.style, "subject": figure.subject if figure else None, "color": figure.color if figure and scene.style not in COLORLESS else None}
    return {name: QUESTIONS[name].index(answer) if answer is not None else -1 for name, answer in found.items()}


def load_shards(folder: Path, held_out: bool) -> list[tuple[np.ndarray, dict[str, torch.Tensor]]]:
    shards = []
    for path in sorted(folder.glob("128x128-*.npy")):
        if path.stem.endswith(f"-{HELD_OUT}") == held_out and path.with_suffix(".jsonl").exists():
            answers = [answers_of(scene) for scene, _ in read_scenes(path.with_suffix(".jsonl"))]
            shards.append((np.load(path, mmap_mode="r"), {name: torch.tensor([each[name] for each in answers]) for name in QUESTIONS}))
    return shards


def worn(pictures: torch.Tensor) -> torch.Tensor:
    """A little blurred, noisy and shifted in brightness, as what comes from a decoder is."""
    soft = F.avg_pool2d(pictures, 3, 1, 1, count_include_pad=False)
    share = torch.rand(len(pictures), 1, 1, 1, device=pictures.device) * 0.9
    light = 1 + 0.12 * (torch.rand(len(pictures), 1, 1, 1, device=pictures.device) - 0.5)
    return ((pictures * (1 - share) + soft * share) * light + 0.03 * torch.randn_like(pictures)).clamp(0, 1)


@torch.no_grad()
def name_pictures(probe: Probe, pictures: np.ndarray) -> dict[str, np.ndarray]:
    """The index of the likeliest answer to each question, for pictures of bytes."""
    probe.eval()
    parts = [probe(to_tensor(pictures[start : start + 50]).to(DEVICE)) for start in range(0, len(pictures), 50)]
    return {name: np.concatenate([part[name].argmax(1).cpu().numpy() for part in parts]) for name in QUESTIONS}


def load_probe(path: Path) -> Probe:
    probe = Probe().to(DEVICE)
    probe.load_state_dict(torch.load(path, map_location=DEVICE))
    return probe.eval()


def main() -> None:
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    shards = load_shards(folder / "data", held_out=False)
    torch.manual_seed(0)
    random, probe = np.random.RandomState(0), Probe().to(DEVICE, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(probe.parameters(), lr=RATE, weight_decay=0.02)
    start, step = time.time(), 0
    while (elapsed := time.time() - start) < seconds:
        for group in optimizer.param_groups:
            group["lr"] = RATE * max(0.02, 1 - elapsed / seconds)
        pictures, answers = shards[random.randint(len(shards))]
        which = np.sort(random.randint(0, len(pictures), BATCH))
        shown = worn(to_tensor(pictures[which]).to(DEVICE))
        with half_precision():
            found = probe(shown)
        loss = sum(F.cross_entropy(found[name].float(), answers[name][which].to(DEVICE), ignore_index=-1, label_smoothing=0.03) for name in QUESTIONS)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"step {step}, {elapsed:.0f} s, loss {loss.item():.3f}", flush=True)
    torch.save(probe.state_dict(), folder / "probe.pt")
    pictures, answers = load_shards(folder / "data", held_out=True)[0]
    named = name_pictures(probe, pictures)
    for name in QUESTIONS:
        right = answers[name].numpy()
        print(f"held-out renders, {name}: {(named[name] == right)[right >= 0].mean():.1%}")


if __name__ == "__main__":
    main()
