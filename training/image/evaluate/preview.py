"""Draws and scores a checkpoint with PyTorch, in less time than the engine takes while training runs:
python -m evaluate.preview FOLDER MERGES LIST.jsonl GRID.png"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np

from .probe import load_probe, name_pictures
from .sampler import open_drawer, read_wishes
from .score import grid_of, scores

BATCH = 20


def main() -> None:
    folder, merges, listed, grid = (Path(word) for word in sys.argv[1:5])
    drawer, wishes = open_drawer(folder, merges), read_wishes(listed)
    parts = []
    for start in range(0, len(wishes), BATCH):
        chosen = wishes[start : start + BATCH]
        parts.append(drawer.draw([wish["prompt"] for wish in chosen], [wish["seed"] for wish in chosen]))
    pictures = np.concatenate(parts)
    cv2.imwrite(str(grid), grid_of(list(pictures), [wish["prompt"] for wish in wishes])[..., ::-1])
    print(f"{drawer.samples} samples seen")
    answers = listed.with_suffix(".answers.jsonl")
    if answers.exists() and (folder / "probe.pt").exists():
        told = [json.loads(line) for line in answers.read_text().splitlines()]
        for name, share in scores(name_pictures(load_probe(folder / "probe.pt"), pictures), told).items():
            print(f"{name}: {share:.1%}")


if __name__ == "__main__":
    main()
