"""CLIP's tokenizer, with the ids that stable-diffusion.cpp gives.

The public table of merges is not part of this project: training takes its path. It is a text of lines, first a heading,
then pairs of pieces in the order in which they are joined.
"""

import re
from functools import cache
from pathlib import Path

START, END = 49406, 49407
SIZE = 49408
#: A prompt has at most this many tokens, the start and the end among them.
LENGTH = 77

_WORDS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[a-z]+|[0-9]|[^\sa-z0-9]+")
_MERGES = SIZE - 2 - 512


class Tokenizer:
    def __init__(self, merges: Path):
        pairs = [tuple(line.split(" ")) for line in merges.read_text(encoding="utf8").split("\n")[1 : _MERGES + 1]]
        self._letters = _byte_letters()
        letters = list(self._letters.values())
        pieces = [*letters, *(letter + "</w>" for letter in letters), *("".join(pair) for pair in pairs)]
        self._ids = {piece: index for index, piece in enumerate(pieces)}
        self._ranks = {pair: index for index, pair in enumerate(pairs)}
        self._word = cache(self._split)

    def encode(self, text: str) -> list[int]:
        """Gives the ids of the words, without start and end, cut to what fits."""
        ids: list[int] = []
        for word in _WORDS.findall(" ".join(text.lower().split())):
            ids += self._word(word)
        return ids[: LENGTH - 2]

    def _split(self, word: str) -> list[int]:
        pieces = [self._letters[byte] for byte in word.encode()]
        pieces[-1] += "</w>"
        while len(pieces) > 1:
            rank, at = min((self._ranks.get((pieces[i], pieces[i + 1]), len(self._ranks)), i) for i in range(len(pieces) - 1))
            if rank == len(self._ranks):
                break
            pair = (pieces[at], pieces[at + 1])
            pieces = _joined(pieces, pair)
        return [self._ids[piece] for piece in pieces]


def _joined(pieces: list[str], pair: tuple[str, str]) -> list[str]:
    """Joins each place where the pair stands, from left to right."""
    joined: list[str] = []
    index = 0
    while index < len(pieces):
        if tuple(pieces[index : index + 2]) == pair:
            joined.append("".join(pair))
            index += 2
        else:
            joined.append(pieces[index])
            index += 1
    return joined


def _byte_letters() -> dict[int, str]:
    """Every byte has a visible letter: its own where that can be seen, otherwise one from 256 on."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {**{byte: chr(byte) for byte in visible}, **{byte: chr(256 + index) for index, byte in enumerate(hidden)}}
