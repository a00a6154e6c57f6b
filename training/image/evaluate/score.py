"""Scores pictures drawn from a list, and shows them in one: python -m evaluate.score PROBE.pt LIST.jsonl PICTURES GRID.png"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np

from .probe import COLORLESS, QUESTIONS, load_probe, name_pictures

COLUMNS = 10
CAPTION_HEIGHT = 26


def grid_of(pictures: list[np.ndarray], captions: list[str], columns: int = COLUMNS) -> np.ndarray:
    """All pictures with their captions under them; the first picture gives the size of all."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (height + CAPTION_HEIGHT), columns * (width + 4), 3), 255, np.uint8)
    for index, (picture, caption) in enumerate(zip(pictures, captions)):
        top, left = index // columns * (height + CAPTION_HEIGHT), index % columns * (width + 4)
        sheet[top : top + height, left : left + width] = picture[:height, :width]
        for line, start in enumerate((0, 24)):
            cv2.putText(sheet, caption[start : start + 24], (left, top + height + 10 + 11 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.31, (40, 40, 40), 1, cv2.LINE_AA)
    return sheet


def scores(named: dict[str, np.ndarray], answers: list[dict[str, str]]) -> dict[str, float]:
    """The share of right answers to each question; colours only where the style leaves them."""
    result = {}
    for name, possible in QUESTIONS.items():
        asked = [index for index, answer in enumerate(answers) if name != "color" or answer["style"] not in COLORLESS]
        result[name] = float(np.mean([possible[named[name][index]] == answers[index][name] for index in asked]))
    return result


def main() -> None:
    probe, listed, folder, grid = load_probe(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    wishes = [json.loads(line) for line in listed.read_text().splitlines()]
    answers = [json.loads(line) for line in listed.with_suffix(".answers.jsonl").read_text().splitlines()]
    pictures = [cv2.imread(str(folder / f"{wish['name']}.png"))[..., ::-1] for wish in wishes]
    cv2.imwrite(str(grid), grid_of(pictures, [wish["prompt"] for wish in wishes])[..., ::-1])
    for name, share in scores(name_pictures(probe, np.stack(pictures)), answers).items():
        print(f"{name}: {share:.1%} of {len(answers)}")


if __name__ == "__main__":
    main()
