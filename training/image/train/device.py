"""Where training computes: on a GPU where there is one, otherwise with one thread of the processor."""

import torch

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.set_num_threads(1)


def half_precision() -> torch.autocast:
    return torch.autocast(DEVICE.type, torch.bfloat16)
