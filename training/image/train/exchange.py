"""Two processes with a thread each train faster than one with two: they share gradients through memory.

Every process writes its gradients into its own file in /dev/shm, waits for the others, and reads theirs. What runs on
one process or on a GPU needs none of it.
"""

import os
import warnings
from collections.abc import Sequence

import numpy as np
import torch
import torch.distributed as dist


class GradientExchange:
    def __init__(self, parameters: Sequence[torch.nn.Parameter], name: str, rank: int, world: int):
        self.parameters = list(parameters)
        self.rank, self.world = rank, world
        if world == 1:
            return
        count = sum(parameter.numel() for parameter in self.parameters)
        paths = [f"/dev/shm/mysticanvas-{name}-{index}" for index in range(world)]
        # A barrier between making and opening: a file of an earlier run must not be taken for one of this run.
        own = np.memmap(paths[rank], np.float32, "w+", shape=(count,))
        dist.barrier()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.buffers = [torch.from_numpy(own if index == rank else np.memmap(paths[index], np.float32, "r", shape=(count,))) for index in range(world)]
        dist.barrier()
        os.remove(paths[rank])

    def average(self) -> None:
        """Replaces each gradient by its mean over all processes."""
        if self.world == 1:
            return
        torch.cat([parameter.grad.reshape(-1) for parameter in self.parameters], out=self.buffers[self.rank])
        dist.barrier()
        total = torch.stack(self.buffers).mean(dim=0) if self.world > 2 else (self.buffers[0] + self.buffers[1]).mul_(0.5)
        # Nobody may write the next gradients before all have read these.
        dist.barrier()
        offset = 0
        for parameter in self.parameters:
            # Copied and not replaced: the fused optimizer goes through memory as it lies and would mix up the numbers of a
            # gradient that is not laid out as its weight is (channels last), without a word.
            parameter.grad.copy_(total[offset : offset + parameter.numel()].view_as(parameter))
            offset += parameter.numel()

    def agree(self, value: float) -> float:
        """Gives all processes the value of the first, so that they end and save at the same step."""
        if self.world == 1:
            return value
        shared = torch.tensor(value, dtype=torch.float64)
        dist.broadcast(shared, 0)
        return shared.item()


def join(name: str, folder: str, rank: int, world: int) -> None:
    """Makes the processes know each other, by a file in `folder` that the first of them removes beforehand."""
    if world > 1:
        dist.init_process_group("gloo", init_method=f"file://{folder}/{name}.store", rank=rank, world_size=world)
