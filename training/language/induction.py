"""Starts the network off able to copy.

Copying takes two attention heads in a row (an "induction circuit"): one that brings each place the token before it, and one
that looks for the place whose previous token is the current one and takes the token that stands there. Random weights need
hundreds of thousands of examples to find it; here the first two layers begin with it, and training shapes it from there.
"""

import math

import torch

from model import HEADS, ROPE_BASE, WIDTH

SIZE = WIDTH // HEADS
TOKEN = WIDTH - SIZE  # the part of the stream that holds the token itself at first; the rest holds the token before it
SPREAD = 0.2  # wide, so that training changes the embedding slowly and the circuit lives through the first steps
CONSTANT = 3 * SPREAD  # in the first place of every embedding: what a head that looks at distance alone has to go by
FAST_PAIRS, SLOW_PAIRS = 12, 18  # pairs before the first turn fast enough to tell neighbours apart; from the second on hardly turn
DISTANCE_GAIN, MATCH_GAIN, COPY_GAIN, OUTPUT_GAIN = 3.0, 2.2, 4.0, 0.4


@torch.no_grad()
def start_copying(model):
    generator = torch.Generator().manual_seed(3)
    embedding = model.token_embd.weight
    embedding *= SPREAD / embedding.std()
    embedding[:, TOKEN:] *= 0.1
    embedding[:, 0] = CONSTANT
    to_previous = torch.randn(SIZE, TOKEN, generator=generator) / math.sqrt(TOKEN)
    to_previous[:, 0] = 0
    look_back_by_one(model.blk[0], to_previous)
    for head in range(2):
        follow_the_match(model.blk[1], head, to_previous, generator)
    model.output_norm.weight.fill_(OUTPUT_GAIN)


def look_back_by_one(block, to_previous):
    """Head 0: query and key see the constant alone; the key's turn by one place makes the distance of one score best."""
    query, key = torch.zeros(SIZE, WIDTH), torch.zeros(SIZE, WIDTH)
    for pair in range(FAST_PAIRS):
        speed = ROPE_BASE ** (-2 * pair / SIZE)
        query[2 * pair, 0], query[2 * pair + 1, 0] = DISTANCE_GAIN * math.cos(speed), -DISTANCE_GAIN * math.sin(speed)
        key[2 * pair, 0] = DISTANCE_GAIN
    block.attn_q.weight[:SIZE], block.attn_k.weight[:SIZE] = query, key
    block.attn_v.weight[:SIZE] = 0
    block.attn_v.weight[:SIZE, :TOKEN] = to_previous
    block.attn_output.weight[:, :SIZE] = 0
    block.attn_output.weight[TOKEN:, :SIZE] = SPREAD * torch.eye(SIZE)


def follow_the_match(block, head, to_previous, generator):
    """Compares this token with the token before each other place, in pairs that hardly turn, and copies what stands there."""
    rows = slice(head * SIZE, (head + 1) * SIZE)
    dims = torch.arange(2 * SLOW_PAIRS, SIZE)
    chosen = (torch.arange(len(dims)) + head * len(dims)) % SIZE
    query, key = torch.zeros(SIZE, WIDTH), torch.zeros(SIZE, WIDTH)
    query[dims, :TOKEN] = MATCH_GAIN * to_previous[chosen]
    key[dims, TOKEN + chosen] = MATCH_GAIN
    value = torch.zeros(SIZE, WIDTH)
    value[:, 1:TOKEN] = torch.randn(SIZE, TOKEN - 1, generator=generator) / math.sqrt(TOKEN)
    block.attn_q.weight[rows], block.attn_k.weight[rows], block.attn_v.weight[rows] = query, key, value
    block.attn_output.weight[:, rows] = COPY_GAIN * SPREAD * value.t()
