"""GroupNorm of 32 groups with an optional SiLU: by group_norm.c for bf16 on a CPU, by PyTorch elsewhere."""

import ctypes
import os
import subprocess
from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

GROUPS = 32
EPSILON = 1e-6


@cache
def _library() -> ctypes.CDLL:
    source = Path(__file__).with_suffix(".c")
    # Not .so: Python would take it for the module.
    built = source.with_suffix(".built")
    if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
        partial = built.with_suffix(f".{os.getpid()}")
        options = ["-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512", "-shared", "-fPIC"]
        subprocess.check_call(["gcc", *options, "-o", partial, source, "-lm"])
        partial.rename(built)
    return ctypes.CDLL(str(built))


def _at(tensor: torch.Tensor) -> ctypes.c_void_p:
    return ctypes.c_void_p(tensor.data_ptr())


class _FusedGroupNorm(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight, bias, silu):
        x = x.contiguous(memory_format=torch.channels_last)
        pictures, channels, height, width = x.shape
        y = torch.empty_like(x)
        scale, shift, statistics = torch.empty(pictures, channels), torch.empty(pictures, channels), torch.empty(pictures, GROUPS, 2)
        sizes = (pictures, height * width, channels, GROUPS, int(silu))
        _library().group_norm_forward(_at(x), _at(y), _at(weight), _at(bias), _at(scale), _at(shift), _at(statistics), *sizes, ctypes.c_float(EPSILON))
        context.save_for_backward(x, weight, scale, shift, statistics)
        context.silu = silu
        return y

    @staticmethod
    def backward(context, gradient):
        x, weight, scale, shift, statistics = context.saved_tensors
        pictures, channels, height, width = x.shape
        gradient = gradient.to(torch.bfloat16).contiguous(memory_format=torch.channels_last)
        d_x, d_weight, d_bias = torch.empty_like(x), torch.empty(channels), torch.empty(channels)
        sizes = (pictures, height * width, channels, GROUPS, int(context.silu))
        _library().group_norm_backward(_at(x), _at(gradient), _at(d_x), _at(weight), _at(scale), _at(shift), _at(statistics), _at(d_weight), _at(d_bias), *sizes)
        return d_x, d_weight, d_bias, None


class GroupNorm(nn.GroupNorm):
    def __init__(self, channels: int, silu: bool = True):
        super().__init__(GROUPS, channels, eps=EPSILON)
        self.silu = silu

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.dtype == torch.bfloat16 and x.device.type == "cpu":
            return _FusedGroupNorm.apply(x, self.weight, self.bias, self.silu)
        y = F.group_norm(x, GROUPS, self.weight, self.bias, EPSILON)
        return F.silu(y) if self.silu else y
