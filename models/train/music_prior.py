"""Joint denoiser of four stems: network, loss, data (shared by music_train.py, music_evaluate.py and music_export.py).

D(x; sigma) = c_skip x + c_out F(c_in x; ln(sigma) / 4), Karras et al. 2022, for x [N,4,L] at 8 kHz; silence is 0, so no mean is taken off.
F is a U-Net over time: a convolution that samples every 8th position, levels at 1 kHz, 500, 250 and 125 Hz, dilated blocks at the last. Every
operation is local in time, so it treats all lengths alike.
"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

STEMS = ("bass", "drums", "guitar", "piano")
CONFIG = dict(channels=4, patch=8, levels=[80, 112, 136, 168], blocks=[1, 1, 1], bottom=[1, 2, 4, 8], emb=128)
SIGMA_RANGE = (1e-4, 20.0)


def conv(cin, cout, width, stride=1, dilation=1):
    """Convolution over time; the signal is [N, C, 1, L], which CPUs run fastest in channels-last order."""
    pad = (width - stride + 1) // 2 if stride > 1 else dilation * (width // 2)
    return nn.Conv2d(cin, cout, (1, width), (1, stride), (0, pad), (1, dilation))


def up(cin, cout, width, stride):
    return nn.ConvTranspose2d(cin, cout, (1, width), (1, stride), (0, (width - stride) // 2))


class Norm(nn.Module):
    """Each position's channels over their root mean square."""

    def __init__(self, ch):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(ch))
        self.ch = ch
        self.export = False

    def forward(self, x):
        if self.export:  # primitive ops for ONNX
            return x / torch.sqrt((x * x).mean(1, keepdim=True) + 1e-5) * self.weight.view(1, -1, 1, 1)
        return F.rms_norm(x.permute(0, 2, 3, 1), (self.ch,), self.weight.to(x.dtype), 1e-5).permute(0, 3, 1, 2)


class Block(nn.Module):
    """x + conv(SiLU(conv(SiLU(FiLM(norm x; sigma))))), the last convolution zero at first"""

    def __init__(self, ch, emb, dilation=1):
        super().__init__()
        self.norm, self.film = Norm(ch), nn.Linear(emb, 2 * ch)
        self.conv1, self.conv2 = conv(ch, ch, 3, dilation=dilation), conv(ch, ch, 3)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x, e):
        scale, shift = self.film(e)[:, :, None, None].chunk(2, 1)
        h = F.silu(self.norm(x) * (1 + scale) + shift)
        return x + self.conv2(F.silu(self.conv1(h)))


class UNet(nn.Module):
    def __init__(self, channels, patch, levels, blocks, bottom, emb, freqs=32):
        super().__init__()
        self.register_buffer("freqs", torch.exp(torch.linspace(0, math.log(32.0), freqs)))
        self.emb1, self.emb2 = nn.Linear(2 * freqs, emb), nn.Linear(emb, emb)
        n = len(levels)
        self.stem = conv(channels, levels[0], 4 * patch, patch)
        self.head = up(levels[0], channels, 4 * patch, patch)
        self.down = nn.ModuleList(conv(levels[i], levels[i + 1], 4, 2) for i in range(n - 1))
        self.up = nn.ModuleList(up(levels[i + 1], levels[i], 4, 2) for i in range(n - 1))
        self.merge = nn.ModuleList(conv(2 * levels[i], levels[i], 1) for i in range(n - 1))
        self.enc = nn.ModuleList(nn.ModuleList(Block(levels[i], emb) for _ in range(blocks[i])) for i in range(n - 1))
        self.dec = nn.ModuleList(nn.ModuleList(Block(levels[i], emb) for _ in range(blocks[i])) for i in range(n - 1))
        self.bottom = nn.ModuleList(Block(levels[-1], emb, d) for d in bottom)
        self.last = Norm(levels[0])
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x, c_noise):
        a = c_noise[:, None] * self.freqs[None]
        e = F.silu(self.emb2(F.silu(self.emb1(torch.cat([torch.sin(a), torch.cos(a)], 1)))))
        x = self.stem(x)
        skips = []
        for enc, down in zip(self.enc, self.down):
            for b in enc:
                x = b(x, e)
            skips.append(x)
            x = down(x)
        for b in self.bottom:
            x = b(x, e)
        for dec, up_, merge in zip(self.dec[::-1], self.up[::-1], self.merge[::-1]):
            x = merge(torch.cat([up_(x), skips.pop()], 1))
            for b in dec:
                x = b(x, e)
        return self.head(F.silu(self.last(x)))


class Denoiser(nn.Module):
    """x [N,4,L]: stems plus sigma times a standard normal, L a multiple of 64; sigma [N]; returns E[stems | x], [N,4,L]."""

    def __init__(self, config, sigma_data):
        super().__init__()
        self.net = UNet(**config)
        self.register_buffer("sd2", torch.tensor(float(sigma_data) ** 2))

    def coefficients(self, sigma):
        s2 = sigma * sigma
        total = s2 + self.sd2
        return self.sd2 / total, sigma * torch.sqrt(self.sd2 / total), torch.rsqrt(total), torch.log(sigma) * 0.25

    def forward(self, x, sigma):
        c_skip, c_out, c_in, c_noise = self.coefficients(sigma)
        v = lambda t: t.view(-1, 1, 1)
        f = self.net((v(c_in) * x).unsqueeze(2), c_noise).squeeze(2)
        return v(c_skip) * x + v(c_out) * f.float()


def draw_sigma(n, p_mean, p_std, uniform=0.1):
    """Stratified log-normal draws, a fraction log-uniform over SIGMA_RANGE so that both ends are covered."""
    lo, hi = SIGMA_RANGE
    u = (torch.randperm(n) + torch.rand(n)) / n
    s = torch.exp(p_mean + p_std * torch.erfinv((2 * u - 1).clamp(-0.999999, 0.999999)) * math.sqrt(2))
    w = torch.exp(math.log(lo) + torch.rand(n) * math.log(hi / lo))
    return torch.where(torch.rand(n) < uniform, w, s.clamp(lo, hi))


def edm_loss(model, x0, sigma, bf16):
    """Karras et al.'s weighted loss, computed on F: |F - (x0 - c_skip x) / c_out|^2 (equal to it). [N]"""
    x = x0 + sigma.view(-1, 1, 1) * torch.randn_like(x0)
    c_skip, c_out, c_in, c_noise = (t.view(-1, 1, 1) if i < 3 else t for i, t in enumerate(model.coefficients(sigma)))
    with torch.autocast(x0.device.type, dtype=torch.bfloat16, enabled=bf16):
        f = model.net((c_in * x).unsqueeze(2).contiguous(memory_format=torch.channels_last), c_noise).squeeze(2)
    return ((f.float() - (x0 - c_skip * x) / c_out) ** 2).mean(dim=(1, 2))


class Windows:
    """Windows of a length at uniform positions. Each stem's gain varies by some decibels; with a small probability it is silent."""

    def __init__(self, path, length, seed=1):
        z = np.load(path)
        self.audio, self.start, self.length, self.rng = z["audio"], z["start"], length, np.random.default_rng(seed)

    def sigma_data(self):
        return float(np.sqrt(np.mean((self.audio[:, ::7].astype(np.float32) / 32767) ** 2)))

    def position(self):
        """Uniform over the whole, moved into the song it falls in."""
        at = int(self.rng.integers(self.start[-1]))
        k = int(np.searchsorted(self.start, at, "right")) - 1
        return min(at, int(self.start[k + 1]) - self.length)

    def batch(self, n):
        """[n,4,L] in [-1,1]"""
        out, r = np.empty((n, len(STEMS), self.length), np.float32), self.rng
        for x in out:
            at = self.position()
            x[:] = self.audio[:, at : at + self.length]
            x *= 10 ** (r.normal(0, 2, (len(STEMS), 1)) / 20) * (r.random((len(STEMS), 1)) > 0.03)
            x /= max(32767.0, np.abs(x).max())
        return torch.from_numpy(out)
