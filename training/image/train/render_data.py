"""Renders pictures into memory-mapped files, a shard at a time; what is there already is kept.

python -m train.render_data FOLDER 128x128=20 192x192=4 ... makes shards 0 to 19 of 128 x 128 pixels, and so on.
A shard of SIZE is SIZE-NNN.npy (pictures x height x width x 3 bytes) and SIZE-NNN.jsonl (a line for each picture: its
scene, and the boxes of its figures as shares of the sides). The same number always gives the same pictures.
"""

import dataclasses
import json
import sys
from pathlib import Path
from random import Random

import cv2
import numpy as np

from world.chance import random_scene
from world.render import render
from world.scene import Figure, Scene

SHARD = 2000
#: Held out from all training: evaluation and the probe's own test use it.
HELD_OUT = 900


def parse_size(size: str) -> tuple[int, int]:
    """Reads `WIDTHxHEIGHT`."""
    width, height = (int(side) for side in size.split("x"))
    return width, height


def render_shard(folder: Path, size: str, number: int, count: int = SHARD) -> None:
    picture_path, scene_path = folder / f"{size}-{number:03d}.npy", folder / f"{size}-{number:03d}.jsonl"
    if scene_path.exists():
        return
    width, height = parse_size(size)
    random = Random(f"{size} {number}")
    partial = picture_path.with_suffix(".partial")
    pictures = np.lib.format.open_memmap(partial, "w+", np.uint8, (count, height, width, 3))
    lines = []
    for index in range(count):
        scene = random_scene(random)
        pictures[index], layers = render(scene, width, height)
        boxes = [[round(left / width, 3), round(top / height, 3), round(right / width, 3), round(bottom / height, 3)] for left, top, right, bottom in layers.boxes]
        lines.append(json.dumps({**dataclasses.asdict(scene), "boxes": boxes}))
    pictures.flush()
    partial.rename(picture_path)
    # Written last: a shard with its scenes is complete.
    scene_path.write_text("\n".join(lines) + "\n")


def read_scenes(path: Path) -> list[tuple[Scene, list[list[float]]]]:
    """Gives the scenes of a shard with the boxes of their figures."""
    scenes = []
    for line in path.read_text().splitlines():
        fields = json.loads(line)
        boxes = fields.pop("boxes")
        fields["figures"] = tuple(Figure(**figure) for figure in fields["figures"])
        scenes.append((Scene(**fields), boxes))
    return scenes


def main() -> None:
    cv2.setNumThreads(1)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(size, int(count)) for size, count in (word.split("=") for word in sys.argv[2:])]
    render_shard(folder, "128x128", HELD_OUT, 1000)
    # In turns, so that training can begin with some of each.
    for number in range(max(count for _, count in wanted)):
        for size, count in wanted:
            if number < count:
                render_shard(folder, size, number)
                print(f"{size} shard {number + 1} of {count}", flush=True)


if __name__ == "__main__":
    main()
