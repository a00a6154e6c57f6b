"""Compares what the engine drew with what PyTorch draws in 32 bit from the same noise:
python -m evaluate.check_export FOLDER MERGES LIST.jsonl PICTURES

The list is one that evaluate.make_list or hand wrote and `npm run eval:image` has drawn, with `"sampler": "euler"`, since
fresh noise at each step would let small differences grow. Above 45 dB nobody sees a difference.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

from .sampler import open_drawer, read_wishes


def decibels(one: np.ndarray, other: np.ndarray) -> float:
    """How near two pictures of bytes are; 100 for equal ones."""
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return 100.0 if error == 0 else float(10 * np.log10(255**2 / error))


def main() -> None:
    folder, merges, listed, pictures = (Path(word) for word in sys.argv[1:5])
    drawer = open_drawer(folder, merges, exact=True)
    for wish in read_wishes(listed):
        size = (wish.get("width", 128), wish.get("height", 128))
        drawn = drawer.draw([wish["prompt"]], [wish.get("seed", 1)], wish.get("negative_prompt", ""), wish.get("steps", 20), wish.get("guidance", 4.0), ancestral=False, size=size)[0]
        engine = cv2.imread(str(pictures / f"{wish['name']}.png"))[..., ::-1]
        print(f"{wish['name']}: {decibels(drawn, engine):.1f} dB")


if __name__ == "__main__":
    main()
