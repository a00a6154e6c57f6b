"""The text encoder: CLIP-L's layout with one layer that does something, and that something known beforehand.

Each known token has a vector. Attention of the first layer looks at the four tokens before each, two heads for each
distance, wherever they stand and whatever they are: so "red" reaches the "cat" behind it and not the house at the other
end of the sentence. Which token a head looks at follows from the position embeddings alone, which have dimensions of
their own; so training needs no attention, only a shift, and the export writes queries and keys that do exactly this.
What the heads carry over is trained. All other layers add nothing.

All paddings behind the first few are equal, so training computes one of them and counts it as often as it stands there.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

WIDTH = 768
POSITION_WIDTH = 64
TOKEN_WIDTH = WIDTH - POSITION_WIDTH
HEAD_WIDTH = 64
DISTANCES = 4
HEADS_PER_DISTANCE = 2
CARRIED = DISTANCES * HEADS_PER_DISTANCE * HEAD_WIDTH
LENGTH = 77
#: The longest text that training sees: start, tokens, end, and paddings until they are all equal.
TRAINED_LENGTH = 34
LONGEST = TRAINED_LENGTH - 2 - DISTANCES
EPSILON = 1e-5
#: Rows of the table that are no words: the start, the end and padding, and every token that is not known.
START_ROW, END_ROW, UNKNOWN_ROW = 0, 1, 2


class TextEncoder(nn.Module):
    def __init__(self, rows: int):
        super().__init__()
        self.table = nn.Parameter(torch.randn(rows, TOKEN_WIDTH))
        self.value = nn.Parameter(torch.randn(CARRIED, TOKEN_WIDTH) / math.sqrt(TOKEN_WIDTH))
        self.output = nn.Parameter(torch.randn(TOKEN_WIDTH, CARRIED) * 0.3 / math.sqrt(CARRIED))
        self.norm_weight = nn.Parameter(torch.ones(TOKEN_WIDTH))
        self.norm_bias = nn.Parameter(torch.zeros(TOKEN_WIDTH))

    def token_vectors(self) -> torch.Tensor:
        """All of the same length and without a mean, so that the norm in the first layer is a constant."""
        return F.layer_norm(self.table, (TOKEN_WIDTH,))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """`rows`: batch x length, the row of each token. Gives the context: batch x length x 768."""
        vectors = self.token_vectors()
        carried = F.embedding(rows, vectors @ self.value.T / norm_of_first_layer())
        carried = torch.cat([_shifted(part, distance + 1) for distance, part in enumerate(carried.chunk(DISTANCES, -1))], -1)
        mixed = F.embedding(rows, vectors).float() + (carried @ self.output.T).float()
        # The last norm sees the position embedding as well: of constant length, and given no weight.
        mean = mixed.sum(-1, keepdim=True) / WIDTH
        square = (mixed.square().sum(-1, keepdim=True) + position_vectors(1).square().sum().item()) / WIDTH
        normed = (mixed - mean) * torch.rsqrt(square - mean.square() + EPSILON)
        return F.pad(normed * self.norm_weight + self.norm_bias, (0, POSITION_WIDTH))


def position_vectors(length: int = LENGTH) -> torch.Tensor:
    """Length x 64: without a mean, all of the same length, and alike only where positions are near."""
    angle = torch.arange(length)[:, None] * _frequencies()
    return torch.cat([angle.cos(), -angle.cos(), angle.sin(), -angle.sin()], 1)


def query_turn(distance: int) -> torch.Tensor:
    """The 64 x 64 matrix that makes of a position embedding the one `distance` before it."""
    angle = distance * _frequencies()
    cosine, sine, nothing = torch.diag(angle.cos()), torch.diag(angle.sin()), torch.zeros(len(angle), len(angle))
    # cos(a - b) = cos a cos b + sin a sin b, and sin(a - b) = sin a cos b - cos a sin b
    rows = [[cosine, nothing, sine, nothing], [nothing, cosine, nothing, sine], [-sine, nothing, cosine, nothing], [nothing, -sine, nothing, cosine]]
    return torch.cat([torch.cat(row, 1) for row in rows])


def norm_of_first_layer() -> float:
    """What the first layer's norm divides by, the same for every token at every position."""
    return math.sqrt((TOKEN_WIDTH + position_vectors(1).square().sum().item()) / WIDTH + EPSILON)


def padded_rows(rows: list[int]) -> tuple[list[int], list[float]]:
    """The rows of a whole prompt in the trained length, and how each position counts (a bias on attention)."""
    rows = rows[:LONGEST]
    used = 1 + len(rows) + 1 + DISTANCES
    biases = [0.0] * (used - 1) + [math.log(LENGTH - used + 1)] + [-1e4] * (TRAINED_LENGTH - used)
    return [START_ROW, *rows, *[END_ROW] * (TRAINED_LENGTH - 1 - len(rows))], biases


def _frequencies() -> torch.Tensor:
    # Quantiles of a normal distribution: likeness falls steadily with the distance, and is small further off.
    share = (torch.arange(POSITION_WIDTH // 4) + 0.5) / (POSITION_WIDTH // 4)
    return 0.75 * math.sqrt(2) * torch.erfinv(share)


def _shifted(x: torch.Tensor, distance: int) -> torch.Tensor:
    """What stands `distance` tokens before each; before the start, the start."""
    return torch.cat([x[:, :1].expand(-1, distance, -1), x[:, :-distance]], 1)
