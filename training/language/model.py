"""The network: a small Llama, written to match llama.cpp's "llama" architecture tensor by tensor."""

import math

import torch
import torch.nn.functional as functional
from torch import nn

WIDTH, LAYERS, HEADS, HIDDEN = 256, 6, 4, 704
CONTEXT = 1024
EPSILON = 1e-5
ROPE_BASE = 10000.0


class Norm(nn.Module):
    """Root mean square normalisation."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * self.weight


def linear(inputs, outputs):
    return nn.Linear(inputs, outputs, bias=False)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn_norm, self.ffn_norm = Norm(), Norm()
        self.attn_q, self.attn_k, self.attn_v, self.attn_output = (linear(WIDTH, WIDTH) for _ in range(4))
        self.ffn_gate, self.ffn_up, self.ffn_down = linear(WIDTH, HIDDEN), linear(WIDTH, HIDDEN), linear(HIDDEN, WIDTH)

    def forward(self, x, cosine, sine, mask):
        batch, length, _ = x.shape
        normal = self.attn_norm(x)
        query, key, value = (
            project(normal).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for project in (self.attn_q, self.attn_k, self.attn_v)
        )
        query, key = (turn(part, cosine, sine).to(value.dtype) for part in (query, key))
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask.to(value.dtype)
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = x + self.attn_output(mixed)
        normal = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(normal)) * self.ffn_up(normal))


def turn(x, cosine, sine):
    """Rotary position embedding over neighbouring pairs, as llama.cpp does it for this architecture."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], -1).flatten(-2)


class Model(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.token_embd = nn.Embedding(vocabulary, WIDTH)
        self.blk = nn.ModuleList([Block() for _ in range(LAYERS)])
        self.output_norm = Norm()
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                deep = "attn_output" in name or "ffn_down" in name
                nn.init.normal_(parameter, std=0.02 / (math.sqrt(2 * LAYERS) if deep else 1))
        size = WIDTH // HEADS
        speed = ROPE_BASE ** (-torch.arange(0, size, 2).float() / size)
        angle = torch.arange(CONTEXT).float()[:, None] * speed
        self.register_buffer("cosine", angle.cos(), False)
        self.register_buffer("sine", angle.sin(), False)

    def forward(self, ids, chosen=None):
        """Scores of the next token at every place, or at the `chosen` places (a mask) only. The output shares its weights
        with the embedding."""
        length = ids.shape[1]
        mask = torch.full((length, length), -1e4).triu(1)
        x = self.token_embd(ids)
        for block in self.blk:
            x = block(x, self.cosine[:length], self.sine[:length], mask)
        x = self.output_norm(x)
        return functional.linear(x if chosen is None else x[chosen], self.token_embd.weight)
