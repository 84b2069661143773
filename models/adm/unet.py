"""The U-Net of guided diffusion ("ADM"): Dhariwal and Nichol 2021, arXiv:2105.05233, section 3 and appendix H.

Written from the publications. The names of the parameters are a file format: they are those of the published
checkpoints, so that these load strictly. What no supported checkpoint uses is left out: class labels, resampling by
convolutions, and the newer order of queries, keys and values.
"""
import dataclasses
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclasses.dataclass(frozen=True)
class Config:
    """Sizes as the checkpoints' own options name them; `attention` lists side lengths at `image_size`."""

    image_size: int
    num_channels: int
    num_res_blocks: int
    channel_mult: tuple
    attention: tuple
    num_head_channels: int
    groups: int = 32

    @property
    def multiple_of(self):
        """Height and width must be multiples of this: they are halved between levels."""
        return 2 ** (len(self.channel_mult) - 1)


CONFIGS = {
    # Chung et al. 2022 (DPS), arXiv:2209.14687: FFHQ at 256 px, 93.6 M parameters
    "ffhq-256": Config(256, 128, 1, (1, 1, 2, 2, 4, 4), (16,), 64),
    # Dhariwal and Nichol 2021: ImageNet and LSUN at 256 px without classes, 552.8 M parameters
    "imagenet-256": Config(256, 256, 2, (1, 1, 2, 2, 4, 4), (32, 16, 8), 64),
    # For tests
    "tiny-16": Config(16, 12, 1, (1, 1, 2), (8, 4), 12, groups=4),
}


class Residual(nn.Module):
    """Residual block with adaptive group normalisation; `resample` halves ("down") or doubles ("up") the size inside."""

    def __init__(self, config, cin, cout, resample=None):
        super().__init__()
        self.resample = resample
        self.in_layers = nn.Sequential(nn.GroupNorm(config.groups, cin), nn.SiLU(), nn.Conv2d(cin, cout, 3, padding=1))
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(4 * config.num_channels, 2 * cout))
        # Dropout has no parameters, but a place in the numbering.
        self.out_layers = nn.Sequential(nn.GroupNorm(config.groups, cout), nn.SiLU(), nn.Identity(), nn.Conv2d(cout, cout, 3, padding=1))
        self.skip_connection = nn.Identity() if cin == cout else nn.Conv2d(cin, cout, 1)

    def resized(self, x):
        if self.resample == "up":
            return F.interpolate(x, scale_factor=2.0, mode="nearest")
        return F.avg_pool2d(x, 2, 2) if self.resample == "down" else x

    def forward(self, x, emb):
        norm, act, conv = self.in_layers
        h = conv(self.resized(act(norm(x))))
        scale, shift = self.emb_layers(emb)[:, :, None, None].chunk(2, dim=1)
        norm, act, _, conv = self.out_layers
        h = conv(act(norm(h) * (1 + scale) + shift))
        return self.skip_connection(self.resized(x)) + h


class Attention(nn.Module):
    """Self-attention over pixels. Heads come first: the rows of `qkv` are q, k, v of head 1, then of head 2, …"""

    def __init__(self, config, channels):
        super().__init__()
        self.head = config.num_head_channels
        self.norm = nn.GroupNorm(config.groups, channels)
        self.qkv = nn.Conv1d(channels, 3 * channels, 1)
        self.proj_out = nn.Conv1d(channels, channels, 1)

    def forward(self, x, emb):
        n, c, h, w = x.shape
        flat = x.reshape(n, c, h * w)
        q, k, v = self.qkv(self.norm(flat)).reshape(n * (c // self.head), 3 * self.head, h * w).chunk(3, dim=1)
        # Both factors are scaled, so that the product stays small in half precision too.
        scale = self.head**-0.25
        weights = torch.softmax((q * scale).transpose(1, 2) @ (k * scale), dim=-1)
        mixed = (v @ weights.transpose(1, 2)).reshape(n, c, h * w)
        return (flat + self.proj_out(mixed)).reshape(n, c, h, w)


def sinusoids(t, size):
    """Cosines, then sines, of t [N] at `size // 2` frequencies from 1 down to 1/10000; float32, as in training."""
    frequencies = torch.exp(-math.log(10000) * torch.arange(size // 2, dtype=torch.float32) / (size // 2))
    angles = t[:, None].float() * frequencies[None]
    return torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1)


class UNet(nn.Module):
    """x [N,3,H,W] in [-1,1] plus noise, t [N] the step's index -> [N,6,H,W]: predicted noise, then the learned variance."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        base = config.num_channels
        self.time_embed = nn.Sequential(nn.Linear(base, 4 * base), nn.SiLU(), nn.Linear(4 * base, 4 * base))
        sides = [config.image_size // 2**level for level in range(len(config.channel_mult))]
        widths = [base * mult for mult in config.channel_mult]
        self.input_blocks = nn.ModuleList([nn.ModuleList([nn.Conv2d(3, widths[0], 3, padding=1)])])
        channels, skipped = widths[0], [widths[0]]
        for level, (side, width) in enumerate(zip(sides, widths)):
            for _ in range(config.num_res_blocks):
                self.input_blocks.append(self.layers(side, Residual(config, channels, width), width))
                channels = width
                skipped.append(channels)
            if level < len(widths) - 1:
                self.input_blocks.append(nn.ModuleList([Residual(config, channels, channels, "down")]))
                skipped.append(channels)
        self.middle_block = nn.ModuleList([Residual(config, channels, channels), Attention(config, channels), Residual(config, channels, channels)])
        self.output_blocks = nn.ModuleList()
        for level in reversed(range(len(widths))):
            for i in range(config.num_res_blocks + 1):
                width = widths[level]
                layers = self.layers(sides[level], Residual(config, channels + skipped.pop(), width), width)
                if level > 0 and i == config.num_res_blocks:
                    layers.append(Residual(config, width, width, "up"))
                self.output_blocks.append(layers)
                channels = width
        self.out = nn.Sequential(nn.GroupNorm(config.groups, channels), nn.SiLU(), nn.Conv2d(channels, 6, 3, padding=1))

    def layers(self, side, residual, width):
        return nn.ModuleList([residual, Attention(self.config, width)] if side in self.config.attention else [residual])

    def forward(self, x, t):
        emb = self.time_embed(sinusoids(t, self.config.num_channels).to(x.dtype))
        h = self.input_blocks[0][0](x)
        skipped = [h]
        for block in self.input_blocks[1:]:
            for layer in block:
                h = layer(h, emb)
            skipped.append(h)
        for layer in self.middle_block:
            h = layer(h, emb)
        for block in self.output_blocks:
            h = torch.cat([h, skipped.pop()], dim=1)
            for layer in block:
                h = layer(h, emb)
        return self.out(h)
