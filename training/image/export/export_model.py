"""Makes the file the engine reads, and the compressed one that is shipped.

python -m export.export_model FOLDER OUT.gguf reads FOLDER/autoencoder.pt and FOLDER/unet.pt and writes OUT.gguf and
OUT.gguf.zst.
"""

import hashlib
import sys
from pathlib import Path

import torch
import zstandard

from model.autoencoder import Autoencoder
from model.text_encoder import TextEncoder
from model.unet import UNet
from train.prepare import FIRST_WORD_ROW

from .gguf_file import write_gguf
from .tensors import Tensors, autoencoder_tensors, text_tensors, unet_tensors

#: The product's decoder is told to take a window of this many bits.
WINDOW_BITS = 27
LEVEL = 19


def load_tensors(folder: Path) -> Tensors:
    state = torch.load(folder / "unet.pt", map_location="cpu")
    autoencoder, unet = Autoencoder(), UNet(state["width"])
    text = TextEncoder(FIRST_WORD_ROW + len(state["tokens"]))
    autoencoder.load_state_dict(torch.load(folder / "autoencoder.pt", map_location="cpu"))
    unet.load_state_dict(state["unet"])
    text.load_state_dict(state["text"])
    return {**unet_tensors(unet), **text_tensors(text, state["tokens"]), **autoencoder_tensors(autoencoder)}


def compress(path: Path) -> Path:
    parameters = zstandard.ZstdCompressionParameters.from_level(LEVEL, window_log=WINDOW_BITS, enable_ldm=True)
    packed = path.with_name(path.name + ".zst")
    packed.write_bytes(zstandard.ZstdCompressor(compression_params=parameters).compress(path.read_bytes()))
    return packed


def main() -> None:
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    write_gguf(path, load_tensors(folder))
    for made in (path, compress(path)):
        print(f"{made}: {made.stat().st_size} bytes, sha256 {hashlib.sha256(made.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
