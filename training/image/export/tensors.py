"""The tensors of the finished file, by the names under which stable-diffusion.cpp looks for them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from model.autoencoder import FILE_WIDTH, LATENT_CHANNELS, Autoencoder
from model.text_encoder import CARRIED, DISTANCES, HEAD_WIDTH, HEADS_PER_DISTANCE, LENGTH, TOKEN_WIDTH, WIDTH
from model.text_encoder import START_ROW, END_ROW, UNKNOWN_ROW, TextEncoder, norm_of_first_layer, position_vectors, query_turn
from model.unet import UNet
from text.tokenizer import END, SIZE, START

LAYERS = 12
#: How much more a head wants the token it looks at than the one it likes second best: enough that the rest is nothing.
SHARPNESS = 25.0
#: The smallest lead in likeness that the right token has anywhere (at the edge, where it looks before the start).
SMALLEST_LEAD = 0.043


@dataclass(frozen=True)
class Zeros:
    """A weight of nothing but zeros, which takes next to no room."""

    shape: tuple[int, ...]


Tensors = dict[str, np.ndarray | Zeros]


def autoencoder_tensors(network: Autoencoder) -> Tensors:
    """Both halves in full width; blocks that were not trained are zeros and change nothing."""
    weights = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    tensors: Tensors = {}
    for name, outputs, inputs, has_bias in _autoencoder_layers():
        found = weights.get(f"{name}.weight")
        tensors[f"tae.{name}.weight"] = np.zeros((outputs, inputs, 3, 3), np.float16) if found is None else _widened(found, (outputs, inputs, 3, 3)).astype(np.float16)
        if has_bias:
            bias = weights.get(f"{name}.bias")
            tensors[f"tae.{name}.bias"] = np.zeros(outputs, np.float32) if bias is None else _widened(bias, (outputs,))
    return tensors


def unet_tensors(network: UNet) -> Tensors:
    """Matrices in 16 bit, all else in 32."""
    return {f"model.diffusion_model.{name}": _half(tensor) for name, tensor in network.state_dict().items()}


def text_tensors(network: TextEncoder, tokens: list[int]) -> Tensors:
    """`tokens`: the ids of the rows behind those that are no words."""
    root = "cond_stage_model.transformer.text_model."
    vectors = np.pad(network.token_vectors().detach().numpy(), ((0, 0), (0, WIDTH - TOKEN_WIDTH))).astype(np.float16)
    table = np.repeat(vectors[UNKNOWN_ROW : UNKNOWN_ROW + 1], SIZE, 0)
    table[START], table[END] = vectors[START_ROW], vectors[END_ROW]
    table[tokens] = vectors[UNKNOWN_ROW + 1 :]
    positions = np.pad(position_vectors().numpy(), ((0, 0), (TOKEN_WIDTH, 0)))
    tensors: Tensors = {
        f"{root}embeddings.token_embedding.weight": table,
        f"{root}embeddings.position_embedding.weight": positions.astype(np.float32),
        f"{root}final_layer_norm.weight": _widened(network.norm_weight.detach().numpy(), (WIDTH,)),
        f"{root}final_layer_norm.bias": _widened(network.norm_bias.detach().numpy(), (WIDTH,)),
    }
    for layer in range(LAYERS):
        tensors.update({f"{root}encoder.layers.{layer}.{name}": tensor for name, tensor in _text_layer(network if layer == 0 else None).items()})
    return tensors


def _text_layer(network: TextEncoder | None) -> Tensors:
    """The first layer with its heads; any other adds nothing."""
    tensors: Tensors = {}
    for norm in ("layer_norm1", "layer_norm2"):
        tensors[f"{norm}.weight"], tensors[f"{norm}.bias"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    shapes = {**{f"self_attn.{name}": (WIDTH, WIDTH) for name in ("q_proj", "k_proj", "v_proj", "out_proj")}, "mlp.fc1": (4 * WIDTH, WIDTH), "mlp.fc2": (WIDTH, 4 * WIDTH)}
    heads = {} if network is None else _heads(network)
    for name, shape in shapes.items():
        tensors[f"{name}.weight"] = _half(heads[name]) if name in heads else Zeros(shape)
        tensors[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    return tensors


def _heads(network: TextEncoder) -> dict[str, torch.Tensor]:
    query, key, value, output = (torch.zeros(WIDTH, WIDTH) for _ in range(4))
    # Likeness of positions runs from -1 to 1 once it is divided by their square; attention divides by the root of 64.
    square = position_vectors(1).square().sum().item()
    scale = (SHARPNESS / SMALLEST_LEAD / square * HEAD_WIDTH**0.5) ** 0.5 * norm_of_first_layer()
    for head in range(DISTANCES * HEADS_PER_DISTANCE):
        rows = slice(head * HEAD_WIDTH, (head + 1) * HEAD_WIDTH)
        query[rows, TOKEN_WIDTH:] = query_turn(1 + head // HEADS_PER_DISTANCE) * scale
        key[rows, TOKEN_WIDTH:] = torch.eye(HEAD_WIDTH) * scale
    value[:CARRIED, :TOKEN_WIDTH] = network.value.detach()
    output[:TOKEN_WIDTH, :CARRIED] = network.output.detach()
    return {"self_attn.q_proj": query, "self_attn.k_proj": key, "self_attn.v_proj": value, "self_attn.out_proj": output}


def _autoencoder_layers() -> Iterator[tuple[str, int, int, bool]]:
    """All convolutions of the layout: name, outputs, inputs, and whether it has a bias."""
    strided = {"encoder": (2, 6, 10), "decoder": (6, 11, 16)}
    blocks = {"encoder": (1, 3, 4, 5, 7, 8, 9, 11, 12, 13), "decoder": (2, 3, 4, 7, 8, 9, 12, 13, 14, 17)}
    ends = {"encoder": ((0, FILE_WIDTH, 3), (14, LATENT_CHANNELS, FILE_WIDTH)), "decoder": ((0, FILE_WIDTH, LATENT_CHANNELS), (18, 3, FILE_WIDTH))}
    for half in ("encoder", "decoder"):
        for index, outputs, inputs in ends[half]:
            yield f"{half}.layers.{index}", outputs, inputs, True
        for index in strided[half]:
            yield f"{half}.layers.{index}", FILE_WIDTH, FILE_WIDTH, False
        for index in blocks[half]:
            for convolution in (0, 2, 4):
                yield f"{half}.layers.{index}.conv.{convolution}", FILE_WIDTH, FILE_WIDTH, True


def _widened(weight: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return np.pad(weight, [(0, full - have) for full, have in zip(shape, weight.shape)]).astype(np.float32)


def _half(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float16 if tensor.dim() > 1 else np.float32)
