"""A moving average of weights, which draws better than the weights themselves."""

from collections.abc import Sequence
from contextlib import contextmanager

import torch


class MovingAverage:
    def __init__(self, parameters: Sequence[torch.nn.Parameter], share: float):
        """`share` of the old average is kept at each step, once there are enough steps."""
        self.parameters = list(parameters)
        self.share = share
        self.values = [parameter.detach().clone() for parameter in self.parameters]

    def update(self, step: int) -> None:
        share = min(self.share, step / (step + 10))
        torch._foreach_lerp_(self.values, [parameter.detach() for parameter in self.parameters], 1 - share)

    @contextmanager
    def applied(self):
        """The weights are the average inside, and what they were before afterwards."""
        kept = [parameter.detach().clone() for parameter in self.parameters]
        self._write(self.values)
        yield
        self._write(kept)

    @torch.no_grad()
    def _write(self, values: Sequence[torch.Tensor]) -> None:
        for parameter, value in zip(self.parameters, values):
            parameter.copy_(value)
