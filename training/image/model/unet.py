"""The U-Net of SD 1 in its smallest layout: three levels, no middle, attention from the second level on.

stable-diffusion.cpp recognises the layout (it calls it SDXS 512-DS) by what is missing: `middle_block` and
`output_blocks.7.1`. Modules stand under the names of the file, so that its tensors are the weights as they are.
8 heads, GroupNorm of 32 groups, GEGLU, a context 768 wide, and the noise as what is predicted.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from .group_norm import GroupNorm

CONTEXT = 768
HEADS = 8
#: The widths of the levels, as multiples of the first.
LEVELS = (1, 2, 4)
#: Where each level's blocks stand in the file: on the way down, on the way up, and the convolution after it.
DOWN = {0: "1", 1: "4", 2: "7"}
UP = {2: ("0", "1"), 1: ("3", "4"), 0: ("6", "7")}
SMALLER = {0: "3", 1: "6"}
LARGER = {2: ("2", "1"), 1: ("5", "2")}


class Residual(nn.Module):
    def __init__(self, inputs: int, outputs: int, time: int):
        super().__init__()
        self.in_layers = nn.ModuleDict({"0": GroupNorm(inputs), "2": nn.Conv2d(inputs, outputs, 3, padding=1)})
        self.emb_layers = nn.ModuleDict({"1": nn.Linear(time, outputs)})
        self.out_layers = nn.ModuleDict({"0": GroupNorm(outputs), "3": _silent(nn.Conv2d(outputs, outputs, 3, padding=1))})
        if inputs != outputs:
            self.skip_connection = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: torch.Tensor, time: torch.Tensor) -> torch.Tensor:
        h = self.in_layers["2"](self.in_layers["0"](x)) + self.emb_layers["1"](time)[:, :, None, None]
        h = self.out_layers["3"](self.out_layers["0"](h))
        return (self.skip_connection(x) if hasattr(self, "skip_connection") else x) + h


class Attention(nn.Module):
    def __init__(self, channels: int, context: int):
        super().__init__()
        self.to_q = nn.Linear(channels, channels, bias=False)
        self.to_k = nn.Linear(context, channels, bias=False)
        self.to_v = nn.Linear(context, channels, bias=False)
        self.to_out = nn.ModuleDict({"0": nn.Linear(channels, channels)})

    def forward(self, x: torch.Tensor, context: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
        """`bias` is added to what each position of the context counts: batch x 1 x 1 x length."""
        query, key, value = (_heads(layer(source)) for layer, source in ((self.to_q, x), (self.to_k, context), (self.to_v, context)))
        if x.device.type == "cuda":
            mixed = F.scaled_dot_product_attention(query, key, value, None if bias is None else bias.to(query.dtype))
        else:
            weights = query @ key.transpose(2, 3) * query.shape[-1] ** -0.5
            mixed = (weights if bias is None else weights + bias.to(weights.dtype)).softmax(-1).to(value.dtype) @ value
        return self.to_out["0"](mixed.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.net = nn.ModuleDict({"0": nn.ModuleDict({"proj": nn.Linear(channels, 8 * channels)}), "2": nn.Linear(4 * channels, channels)})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        value, gate = self.net["0"]["proj"](x).chunk(2, -1)
        # ggml computes this approximation too.
        return self.net["2"](value * F.gelu(gate, approximate="tanh"))


class Transformer(nn.Module):
    """Pixels look at each other, then at the words."""

    def __init__(self, channels: int):
        super().__init__()
        self.norm = GroupNorm(channels, silu=False)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        block = nn.ModuleDict({"attn1": Attention(channels, channels), "attn2": Attention(channels, CONTEXT), "ff": FeedForward(channels)})
        block.update({f"norm{index}": nn.LayerNorm(channels) for index in (1, 2, 3)})
        self.transformer_blocks = nn.ModuleDict({"0": block})
        self.proj_out = nn.Conv2d(channels, channels, 1)
        nn.init.normal_(self.proj_out.weight, std=0.3 / math.sqrt(channels))
        nn.init.zeros_(self.proj_out.bias)

    def forward(self, x: torch.Tensor, context: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        block = self.transformer_blocks["0"]
        h = self.proj_in(self.norm(x)).permute(0, 2, 3, 1)
        shape = h.shape
        h = h.flatten(1, 2)
        normed = block["norm1"](h)
        h = h + block["attn1"](normed, normed)
        h = h + block["attn2"](block["norm2"](h), context, bias)
        h = h + block["ff"](block["norm3"](h))
        return x + self.proj_out(h.view(shape).permute(0, 3, 1, 2))


class UNet(nn.Module):
    def __init__(self, width: int = 64):
        super().__init__()
        self.width = width
        time, channels = 4 * width, [width * level for level in LEVELS]
        self.time_embed = nn.ModuleDict({"0": nn.Linear(width, time), "2": nn.Linear(time, time)})
        self.input_blocks = nn.ModuleDict({"0": nn.ModuleDict({"0": nn.Conv2d(4, width, 3, padding=1)})})
        self.output_blocks = nn.ModuleDict()
        before, kept = width, [width]
        for level, wide in enumerate(channels):
            self.input_blocks[DOWN[level]] = _stage(before, wide, time, level)
            kept.append(wide)
            if level in SMALLER:
                self.input_blocks[SMALLER[level]] = nn.ModuleDict({"0": nn.ModuleDict({"op": nn.Conv2d(wide, wide, 3, stride=2, padding=1)})})
                kept.append(wide)
            before = wide
        for level in reversed(range(len(LEVELS))):
            for name in UP[level]:
                self.output_blocks[name] = _stage(before + kept.pop(), channels[level], time, level)
                before = channels[level]
            if level in LARGER:
                block, index = LARGER[level]
                self.output_blocks[block] = nn.ModuleDict({index: nn.ModuleDict({"conv": nn.Conv2d(before, before, 3, padding=1)})})
        self.out = nn.ModuleDict({"0": GroupNorm(width), "2": _silent(nn.Conv2d(width, 4, 3, padding=1))})

    def forward(self, x: torch.Tensor, step: torch.Tensor, context: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x: batch x 4 x height x width; step: batch, 0 to 999; context: batch x length x 768; bias: batch x 1 x 1 x length."""
        time = self.time_embed["2"](F.silu(self.time_embed["0"](time_wave(step, self.width))))
        time = F.silu(time)
        h = self.input_blocks["0"]["0"](x)
        kept = [h]
        for level in range(len(LEVELS)):
            h = _run(self.input_blocks[DOWN[level]], h, time, context, bias)
            kept.append(h)
            if level in SMALLER:
                h = self.input_blocks[SMALLER[level]]["0"]["op"](h)
                kept.append(h)
        for level in reversed(range(len(LEVELS))):
            for name in UP[level]:
                h = _run(self.output_blocks[name], torch.cat([h, kept.pop()], 1), time, context, bias)
            if level in LARGER:
                block, index = LARGER[level]
                h = self.output_blocks[block][index]["conv"](F.interpolate(h, scale_factor=2.0, mode="nearest"))
        return self.out["2"](self.out["0"](h))


def time_wave(step: torch.Tensor, width: int) -> torch.Tensor:
    """Cosines and sines of the step, from fast to slow."""
    frequencies = torch.exp(-math.log(10000) * torch.arange(width // 2, device=step.device) / (width // 2))
    angle = step[:, None].float() * frequencies
    return torch.cat([angle.cos(), angle.sin()], 1)


def _stage(inputs: int, outputs: int, time: int, level: int) -> nn.ModuleDict:
    stage = nn.ModuleDict({"0": Residual(inputs, outputs, time)})
    if level > 0:
        stage["1"] = Transformer(outputs)
    return stage


def _run(stage: nn.ModuleDict, h: torch.Tensor, time: torch.Tensor, context: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    h = stage["0"](h, time)
    return stage["1"](h, context, bias) if "1" in stage else h


def _heads(x: torch.Tensor) -> torch.Tensor:
    return x.unflatten(2, (HEADS, -1)).transpose(1, 2)


def _silent(layer: nn.Conv2d) -> nn.Conv2d:
    """A layer that adds nothing at first."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer
