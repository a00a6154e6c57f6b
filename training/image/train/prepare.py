"""Makes of rendered shards what the U-Net is trained on: python -m train.prepare FOLDER MERGES

For FOLDER/data/SIZE-NNN.npy it writes SIZE-NNN.npz: latents (16 bit), captions as rows of the table of tokens with the
bias of each position, and the boxes of figures. FOLDER/tokens.json has the ids of the rows. What is newer than the
autoencoder, the words and the shard is kept. Several processes (train.launch) share the shards.
"""

import json
import os
import sys
from pathlib import Path
from random import Random

import numpy as np
import torch

from model.autoencoder import Autoencoder
from model.text_encoder import UNKNOWN_ROW, padded_rows
from text.captions import caption
from text.meanings import token_rows
from text.tokenizer import Tokenizer

from .device import DEVICE, half_precision
from .render_data import HELD_OUT, read_scenes
from .train_autoencoder import to_tensor

#: Captions of each picture; each epoch takes one of them.
CAPTIONS = 6
FIRST_WORD_ROW = UNKNOWN_ROW + 1


def rows_of(text: str, tokenizer: Tokenizer, index: dict[int, int]) -> list[int]:
    return [index.get(token, UNKNOWN_ROW) for token in tokenizer.encode(text)]


def index_of(tokens: list[int]) -> dict[int, int]:
    """From a token's id to its row."""
    return {token: FIRST_WORD_ROW + place for place, token in enumerate(tokens)}


@torch.no_grad()
def encode_pictures(network: Autoencoder, pictures: np.ndarray) -> np.ndarray:
    parts = []
    for start in range(0, len(pictures), 25):
        with half_precision():
            parts.append(network.encoder(to_tensor(pictures[start : start + 25]).to(DEVICE)).float().cpu())
    return torch.cat(parts).numpy().astype(np.float16)


def prepare_shard(path: Path, network: Autoencoder, tokenizer: Tokenizer, index: dict[int, int]) -> None:
    random = Random(path.stem)
    rows, biases, boxes = [], [], []
    for scene, figures in read_scenes(path.with_suffix(".jsonl")):
        padded = [padded_rows(rows_of(caption(scene, random).text, tokenizer, index)) for _ in range(CAPTIONS)]
        rows.append([each[0] for each in padded])
        biases.append([each[1] for each in padded])
        boxes.append((figures + [[0, 0, 0, 0]] * 2)[:2])
    latents = encode_pictures(network, np.load(path, mmap_mode="r"))
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, latents=latents, rows=np.array(rows, np.int16), biases=np.array(biases, np.float16), boxes=np.array(boxes, np.float16))
    partial.rename(path.with_suffix(".npz"))
    print(f"{path.stem}: spread of latents {latents.astype(np.float32).std():.2f}", flush=True)


def main() -> None:
    folder, tokenizer = Path(sys.argv[1]), Tokenizer(Path(sys.argv[2]))
    tokens = token_rows(tokenizer)
    token_path, network_path = folder / "tokens.json", folder / "autoencoder.pt"
    rank, world = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD", "1"))
    if not token_path.exists() or json.loads(token_path.read_text()) != tokens:
        partial = token_path.with_suffix(f".partial{rank}")
        partial.write_text(json.dumps(tokens))
        partial.rename(token_path)
    network = Autoencoder().to(DEVICE, memory_format=torch.channels_last)
    network.load_state_dict(torch.load(network_path, map_location=DEVICE))
    newest = max(network_path.stat().st_mtime, token_path.stat().st_mtime)
    for path in sorted((folder / "data").glob("*.npy"))[rank::world]:
        made = path.with_suffix(".npz")
        complete = path.with_suffix(".jsonl").exists() and not path.stem.endswith(f"-{HELD_OUT}")
        if complete and (not made.exists() or made.stat().st_mtime < newest):
            prepare_shard(path, network, tokenizer, index_of(tokens))


if __name__ == "__main__":
    main()
