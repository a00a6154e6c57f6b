"""The autoencoder: the layout of TAESD (github.com/madebyollin/taesd), which stable-diffusion.cpp reads from the file of a
model without a middle block and without attention at full resolution.

It has no norms: what it learns is what the engine computes, tiles join without seams, and it is ten times cheaper than
the autoencoder of SD 1. In the file all layers are 64 channels wide; here most are narrower, and the export fills up
with zeros. Blocks left out here are written as zeros as well: behind a ReLU they change nothing.

Pictures are batch x 3 x height x width from 0 to 1, latents batch x 4 x height/8 x width/8 with a spread of about 1.
"""

import torch
import torch.nn.functional as F
from torch import nn

LATENT_CHANNELS = 4
FILE_WIDTH = 64
#: Channels at full size, half, quarter and eighth.
WIDTHS = (24, 48, 64, 64)
#: Blocks at each of these sizes that are trained; the file has 1, 3, 3 and 3.
ENCODER_BLOCKS = (0, 1, 2, 2)
DECODER_BLOCKS = (1, 2, 3, 3)
#: Latents start as (mean - START_MEAN) * START_CONTRAST, which spreads them about as wide as they are to be.
START_MEAN, START_CONTRAST = 0.45, 3.5


class Block(nn.Module):
    """Three convolutions beside an identity, then a ReLU."""

    def __init__(self, channels: int):
        super().__init__()
        self.conv = nn.Sequential(*[layer for index in range(3) for layer in (_conv(channels, channels), nn.ReLU())][:-1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.conv(x))


class Encoder(nn.Module):
    """Layers are named as in the file, so that the export only fills up."""

    def __init__(self):
        super().__init__()
        layers: dict[str, nn.Module] = {"0": _conv(3, WIDTHS[0])}
        _add_blocks(layers, 1, ENCODER_BLOCKS[0], WIDTHS[0])
        for level, first in ((1, 2), (2, 6), (3, 10)):
            layers[str(first)] = nn.Conv2d(WIDTHS[level - 1], WIDTHS[level], 3, stride=2, padding=1, bias=False)
            _add_blocks(layers, first + 1, ENCODER_BLOCKS[level], WIDTHS[level])
        layers["14"] = _conv(WIDTHS[3], LATENT_CHANNELS)
        self.layers = nn.ModuleDict(layers)

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        x = self.layers["0"](pictures)
        if "1" not in self.layers:
            # The block that is left out still ends in a ReLU.
            x = F.relu(x)
        for name, layer in self.layers.items():
            if name != "0":
                x = layer(x)
        return x


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        layers: dict[str, nn.Module] = {"0": _conv(LATENT_CHANNELS, WIDTHS[3])}
        _add_blocks(layers, 2, DECODER_BLOCKS[3], WIDTHS[3])
        for level, first in ((2, 6), (1, 11), (0, 16)):
            layers[str(first)] = nn.Conv2d(WIDTHS[level + 1], WIDTHS[level], 3, padding=1, bias=False)
            _add_blocks(layers, first + 1, DECODER_BLOCKS[level], WIDTHS[level])
        layers["18"] = _conv(WIDTHS[0], 3)
        self.layers = nn.ModuleDict(layers)

    def forward(self, latents: torch.Tensor) -> torch.Tensor:
        # The clamp is part of the layout.
        x = F.relu(self.layers["0"](torch.tanh(latents / 3) * 3))
        for name, layer in self.layers.items():
            if name == "0":
                continue
            if name in ("6", "11", "16"):
                x = F.interpolate(x, scale_factor=2.0, mode="nearest")
            x = layer(x)
            if name == "16" and "17" not in self.layers:
                x = F.relu(x)
        return x


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder()
        for name, weight in self.named_parameters():
            if weight.dim() == 4:
                # Without norms the signal must neither grow nor fade: unit gain behind a ReLU, and blocks that begin
                # as little more than their identity.
                gain = 0.1 if ".conv.4." in name else 1.41
                nn.init.normal_(weight, std=gain / weight[0].numel() ** 0.5)
            else:
                nn.init.zeros_(weight)
        self.begin_with_pixels()

    @torch.no_grad()
    def begin_with_pixels(self) -> None:
        """Before any training latents 0 to 2 are the mean red, green and blue of 8 x 8 pixels, and a picture comes back in
        such squares. From random numbers it takes long to get even there."""
        encoder, decoder = self.encoder.layers, self.decoder.layers
        taps = [(down, right) for down in (1, 2) for right in (1, 2)]
        encoder["14"].weight.mul_(0.1)
        decoder["18"].weight.mul_(0.1)
        # Strides move pixels into channels: 3 become 12, become 48.
        for index, (down, right) in enumerate(taps):
            for channel in range(3):
                _pick(encoder["0"].weight, index * 3 + channel, channel, down, right)
            for channel in range(12):
                _pick(encoder["6"].weight, index * 12 + channel, channel, down, right)
        for channel in range(12):
            _pick(encoder["2"].weight, channel, channel, 1, 1)
        for channel in range(48):
            encoder["10"].weight[channel] = 0
            encoder["10"].weight[channel, channel, 1:, 1:] = 0.25
        for color in range(3):
            encoder["14"].weight[color, color:48:3, 1, 1] += START_CONTRAST / 16
            encoder["14"].bias[color] = -START_CONTRAST * START_MEAN
            _pick(decoder["0"].weight, color, color, 1, 1, 1 / START_CONTRAST)
            decoder["0"].bias[color] = START_MEAN
            for name in ("6", "11", "16"):
                _pick(decoder[name].weight, color, color, 1, 1)
            decoder["18"].weight[color, color, 1, 1] += 1


@torch.no_grad()
def _pick(weight: torch.Tensor, output: int, channel: int, down: int, right: int, factor: float = 1.0) -> None:
    """Makes a channel take one pixel of one channel before it."""
    weight[output] = 0
    weight[output, channel, down, right] = factor


def _conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1)


def _add_blocks(layers: dict[str, nn.Module], first: int, count: int, channels: int) -> None:
    for index in range(count):
        layers[str(first + index)] = Block(channels)
