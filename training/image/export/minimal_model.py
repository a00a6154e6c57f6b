"""Makes a model for tests: the same layout, as narrow as it gets, untrained, and small when compressed.

python -m export.minimal_model OUT.gguf needs nothing but this code. What it draws is coloured squares, other ones for
another seed and for other words; it loads in a blink and draws in one.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from model.autoencoder import Autoencoder
from model.text_encoder import TextEncoder
from model.unet import UNet
from text.tokenizer import SIZE

from .export_model import compress
from .gguf_file import write_gguf
from .tensors import Tensors, autoencoder_tensors, text_tensors, unet_tensors

#: The least that 32 groups of a norm allow.
WIDTH = 32
#: So few weights are not zero, and all of those are of one size: that is what makes the file small.
SHARE = 0.02
#: Words share so many different vectors.
WORDS = 16


@torch.no_grad()
def thin_out(network: torch.nn.Module, generator: torch.Generator) -> None:
    """Leaves a few weights of each matrix, with alternating signs and the spread that keeps signals alive."""
    for weight in network.parameters():
        if weight.dim() > 1:
            kept = torch.rand(weight.shape, generator=generator) < SHARE
            signs = torch.randint(0, 2, weight.shape, generator=generator) * 2.0 - 1
            size = 2.0 ** round(np.log2(0.7 / (SHARE * weight[0].numel()) ** 0.5))
            # Not by a product: that leaves zeros with a sign, which do not compress.
            weight.copy_(torch.where(kept, signs * size, 0.0))


def minimal_tensors() -> Tensors:
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    unet, text, autoencoder = UNet(WIDTH), TextEncoder(3 + WORDS), Autoencoder()
    thin_out(unet, generator)
    text.table.data.copy_(torch.sign(torch.randn(text.table.shape, generator=generator)))
    text.value.data.zero_()
    text.output.data.zero_()
    for weight in autoencoder.parameters():
        torch.nn.init.zeros_(weight)
    autoencoder.begin_with_pixels()
    # Each known token has one of a few vectors, in turns.
    tokens = list(range(SIZE - 2))
    rows = text_tensors(text, tokens[:WORDS])
    name = next(name for name in rows if name.endswith("token_embedding.weight"))
    table = rows[name]
    assert isinstance(table, np.ndarray)
    table[: SIZE - 2] = np.resize(table[:WORDS], (SIZE - 2, table.shape[1]))
    return {**unet_tensors(unet), **rows, **autoencoder_tensors(autoencoder)}


def main() -> None:
    path = Path(sys.argv[1])
    write_gguf(path, minimal_tensors())
    for made in (path, compress(path)):
        print(f"{made}: {made.stat().st_size} bytes")


if __name__ == "__main__":
    main()
