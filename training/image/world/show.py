"""Shows the world in one picture: python -m world.show OUT.png has every style in a row of scenes."""

import sys

import cv2
import numpy as np

from .render import render
from .scene import Figure, Scene
from .styles import STYLES

SIDE = 128
SCENES = (
    ("sea", "sunset", "clear", (Figure("boat", "red", "large"),)),
    ("forest", "night", "clear", (Figure("fox", "orange", "large", "left"),)),
    ("snow field", "day", "snow", (Figure("house", "blue", "medium", "right"),)),
    ("meadow", "day", "clear", (Figure("cat", "black", "medium", "left"), Figure("flower", "pink", "medium", "right"))),
    ("space", "night", "clear", (Figure("rocket", "green", "large"),)),
    ("city", "day", "rain", (Figure("umbrella", "yellow", "large"),)),
    ("underwater", "day", "clear", (Figure("whale", "purple", "large"),)),
    ("village", "morning", "fog", (Figure("windmill", "white", "large"),)),
)


def main() -> None:
    rows = []
    for style in STYLES:
        scenes = [Scene(place, time, weather, figures, style, seed=4 + 13 * index) for index, (place, time, weather, figures) in enumerate(SCENES)]
        rows.append(np.concatenate([render(scene, SIDE, SIDE)[0] for scene in scenes], 1))
    cv2.imwrite(sys.argv[1], np.concatenate(rows)[..., ::-1])


if __name__ == "__main__":
    main()
