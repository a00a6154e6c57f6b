"""Writes the list of pictures to be drawn and scored: python -m evaluate.make_list LIST.jsonl [COUNT] [--shared]

One figure each, told whole, in words as people use them; no scene of the training data has the same seed. With `--shared`
it keeps to what the first sketch model knew too. ANSWERS.jsonl beside it has what each picture is to show.
"""

import json
import sys
from pathlib import Path
from random import Random

from text.captions import caption
from world.chance import random_scene
from world.scene import Scene

SHARED = {
    "subject": {"tree", "house", "fish", "cat", "flower", "boat", "bird", "car", "castle", "star", "heart"},
    "color": {"red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown", "teal", "gold"},
    "place": {"sea", "forest", "city", "desert", "space", "snow field", "meadow"},
    "style": {"plain", "watercolor", "pixel art", "neon", "pencil", "noir", "vintage"},
}


def is_shared(scene: Scene) -> bool:
    figure = scene.figures[0]
    return figure.subject in SHARED["subject"] and figure.color in SHARED["color"] and scene.place in SHARED["place"] and scene.style in SHARED["style"]


def main() -> None:
    path = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 120
    random, wishes, answers = Random("held-out captions"), [], []
    while len(wishes) < count:
        scene = random_scene(random)
        if len(scene.figures) != 1 or "--shared" in sys.argv and not is_shared(scene):
            continue
        name = f"{len(wishes):03d}"
        told = caption(scene, random, plain_words=True)
        wishes.append({"name": name, "prompt": told.text, "seed": len(wishes) + 1})
        figure = scene.figures[0]
        answers.append({"name": name, "subject": figure.subject, "color": figure.color, "place": scene.place, "style": scene.style})
    path.write_text("".join(json.dumps(wish) + "\n" for wish in wishes))
    path.with_suffix(".answers.jsonl").write_text("".join(json.dumps(answer) + "\n" for answer in answers))


if __name__ == "__main__":
    main()
