"""Philox 4x32 (Salmon and others, Parallel random numbers: as easy as 1, 2, 3, 2011), used as PyTorch uses it on GPUs and
the engine after it: so that a seed gives the same noise here."""

import numpy as np

_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_ADDENDS = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_MASK = np.uint64(0xFFFFFFFF)


class Philox:
    def __init__(self, seed: int):
        self.key = (seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF)
        self.calls = 0

    def normal(self, count: int) -> np.ndarray:
        """Normally distributed numbers; each call gives others."""
        zeros = np.zeros(count, np.uint64)
        counter = [zeros + np.uint64(self.calls), zeros, np.arange(count, dtype=np.uint64), zeros]
        self.calls += 1
        first, second = _scrambled(counter, self.key)[:2]
        # Box and Muller: a pair of even numbers gives a normal one.
        radius = np.sqrt(-2 * np.log(first.astype(np.float64) * 2.0**-32 + 2.0**-33))
        angle = (second.astype(np.float64) * 2.0**-32 + 2.0**-33) * 2 * np.pi
        return (radius * np.sin(angle)).astype(np.float32)


def _scrambled(counter: list[np.ndarray], key: tuple[int, int]) -> list[np.ndarray]:
    keys = list(key)
    for _ in range(_ROUNDS):
        products = [counter[index] * np.uint64(multiplier) for index, multiplier in zip((0, 2), _MULTIPLIERS)]
        high, low = [product >> np.uint64(32) for product in products], [product & _MASK for product in products]
        counter = [high[1] ^ counter[1] ^ np.uint64(keys[0]), low[1], high[0] ^ counter[3] ^ np.uint64(keys[1]), low[0]]
        keys = [(value + addend) & 0xFFFFFFFF for value, addend in zip(keys, _ADDENDS)]
    return counter
