"""Makes the small networks of this folder: NAME.onnx, NAME.npz and, where axes are symbolic, NAME.alt.npz.

Each is a stand-in for one public family of diffusion networks, or for one group of operators. The .npz holds
x, t, out, v, vjp_x_f64: inputs, output, a cotangent, and the product of the cotangent with the Jacobian,
computed by PyTorch in float64. Needs only numpy and torch 1.13 or later:

    python3 make_networks.py [NAME ...]
"""
import math
import os
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import newer_operators

HERE = os.path.dirname(os.path.abspath(__file__))
NETWORKS = {}


def network(shape, alt=None, opset=14, integer=False, dynamic=None):
    """Registers a module class: the shape of x, a second one to replay at, the opset to export with."""
    def register(cls):
        NETWORKS[cls.__name__] = (cls, shape, alt, opset, integer, dynamic)
        return cls
    return register


def draw(shape, alt_of=None):
    return torch.randn(shape, dtype=torch.float64)


def write(name):
    cls, shape, alt, opset, integer, dynamic = NETWORKS[name]
    torch.manual_seed(sum(map(ord, name)))
    model = cls().double().eval()
    for p in model.parameters():
        p.requires_grad_(False)
        if p.dim() > 1:
            p.mul_(1.5)
        elif name != "activations":
            p.add_(0.1 * torch.randn_like(p))
    # References in float64 of the float32 weights.
    model.float().double()
    reference(model, shape, integer, os.path.join(HERE, name + ".npz"))
    if alt is not None:
        reference(model, alt, integer, os.path.join(HERE, name + ".alt.npz"))
    x = torch.randn(shape)
    t = noise_level(shape[0], integer).to(torch.int64 if integer else torch.float32)
    axes = None
    if alt is not None:
        spatial = dynamic if dynamic is not None else [i for i in range(len(shape)) if shape[i] != alt[i]]
        axes = {"x": {i: f"d{i}" for i in spatial}, "out": {i: f"d{i}" for i in spatial}}
        if 0 in spatial:
            axes["t"] = {0: "d0"}
    torch.onnx.export(model.float(), (x, t), os.path.join(HERE, name + ".onnx"), opset_version=opset,
                      input_names=["x", "t"], output_names=["out"], dynamic_axes=axes, do_constant_folding=True)


def noise_level(n, integer):
    return torch.randint(1, 1000, (n,)) if integer else torch.rand(n, dtype=torch.float64) + 0.5


def reference(model, shape, integer, path):
    x = torch.randn(shape).double().requires_grad_(True)
    t = noise_level(shape[0], integer)
    t = t if integer else t.float().double()
    out = model(x, t)
    v = torch.randn(out.shape).double()
    (grad,) = torch.autograd.grad(out, x, v)
    np.savez_compressed(path, x=x.detach().numpy().astype(np.float32),
                        t=t.numpy() if integer else t.numpy().astype(np.float32),
                        out=out.detach().numpy().astype(np.float32), v=v.numpy().astype(np.float32),
                        vjp_x_f64=grad.numpy())


def sinusoid(t, dim, flip=False):
    half = dim // 2
    freqs = torch.exp(-math.log(10000) * torch.arange(half, dtype=torch.float32) / half).to(t.device)
    args = t[:, None].float() * freqs[None]
    parts = [torch.cos(args), torch.sin(args)]
    return torch.cat(parts[::-1] if flip else parts, dim=-1)


# ---- guided diffusion (ADM) ----

class Norm32(nn.GroupNorm):
    def forward(self, x):
        return super().forward(x.float() if x.dtype != torch.float64 else x).type(x.dtype)


class AdmBlock(nn.Module):
    def __init__(self, cin, cout, emb, mode=None, film=True):
        super().__init__()
        self.film, self.mode = film, mode
        self.norm1, self.conv1 = Norm32(4, cin), nn.Conv2d(cin, cout, 3, padding=1)
        self.emb = nn.Linear(emb, 2 * cout if film else cout)
        self.norm2, self.conv2 = Norm32(4, cout), nn.Conv2d(cout, cout, 3, padding=1)
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout else nn.Identity()

    def move(self, x):
        if self.mode == "up":
            return F.interpolate(x, scale_factor=2, mode="nearest")
        return F.avg_pool2d(x, 2, 2) if self.mode == "down" else x

    def forward(self, x, emb):
        h = self.conv1(self.move(F.silu(self.norm1(x))))
        x = self.move(x)
        e = self.emb(F.silu(emb)).type(h.dtype)[..., None, None]
        if self.film:
            scale, shift = torch.chunk(e, 2, dim=1)
            h = self.norm2(h) * (1 + scale) + shift
        else:
            h = self.norm2(h + e)
        return self.skip(x) + self.conv2(F.silu(h))


class AdmAttention(nn.Module):
    def __init__(self, c, heads, legacy):
        super().__init__()
        self.heads, self.legacy = heads, legacy
        self.norm, self.qkv, self.out = Norm32(4, c), nn.Conv1d(c, 3 * c, 1), nn.Conv1d(c, c, 1)

    def forward(self, x):
        b, c, *spatial = x.shape
        x = x.reshape(b, c, -1)
        qkv = self.qkv(self.norm(x))
        ch, n = c // self.heads, qkv.shape[-1]
        scale = 1 / math.sqrt(math.sqrt(ch))
        if self.legacy:
            q, k, v = qkv.reshape(b * self.heads, ch * 3, n).split(ch, dim=1)
            w = torch.einsum("bct,bcs->bts", q * scale, k * scale)
        else:
            q, k, v = qkv.chunk(3, dim=1)
            w = torch.einsum("bct,bcs->bts", (q * scale).view(b * self.heads, ch, n), (k * scale).view(b * self.heads, ch, n))
            v = v.reshape(b * self.heads, ch, n)
        w = torch.softmax(w, dim=-1).type(w.dtype)
        h = torch.einsum("bts,bcs->bct", w, v).reshape(b, -1, n)
        return (x + self.out(h)).reshape(b, c, *spatial)


@network((1, 3, 8, 8), alt=(2, 3, 8, 12), integer=True, opset=12)
class adm(nn.Module):
    def __init__(self, legacy=True, film=True):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(8, 16), nn.SiLU(), nn.Linear(16, 16))
        self.inp = nn.Conv2d(3, 8, 3, padding=1)
        self.down = AdmBlock(8, 8, 16, "down", film)
        self.mid1, self.attn, self.mid2 = AdmBlock(8, 12, 16, None, film), AdmAttention(12, 2, legacy), AdmBlock(12, 8, 16, None, film)
        self.up = AdmBlock(16, 8, 16, "up", film)
        self.norm, self.out = Norm32(4, 16), nn.Conv2d(16, 6, 3, padding=1)

    def forward(self, x, t):
        emb = self.time(sinusoid(t, 8).to(x.dtype))
        a = self.inp(x)
        b = self.down(a, emb)
        h = self.mid2(self.attn(self.mid1(b, emb)), emb)
        h = self.up(torch.cat([h, b], dim=1), emb)
        return self.out(F.silu(self.norm(torch.cat([h, a], dim=1))))


@network((1, 3, 8, 8), integer=True, opset=17)
class adm_new_attention(adm):
    def __init__(self):
        super().__init__(legacy=False, film=False)


# ---- DDPM ----

class DdpmBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(4, cin, eps=1e-6), nn.Conv2d(cin, cout, 3, 1, 1)
        self.temb = nn.Linear(16, cout)
        self.norm2, self.conv2 = nn.GroupNorm(4, cout, eps=1e-6), nn.Conv2d(cout, cout, 3, 1, 1)
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout else None

    def forward(self, x, temb):
        h = self.norm1(x)
        h = self.conv1(h * torch.sigmoid(h))
        h = h + self.temb(temb * torch.sigmoid(temb))[:, :, None, None]
        h = self.norm2(h)
        h = self.conv2(h * torch.sigmoid(h))
        return (x if self.skip is None else self.skip(x)) + h


class DdpmAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = nn.GroupNorm(4, c, eps=1e-6)
        self.q, self.k, self.v, self.o = (nn.Conv2d(c, c, 1) for _ in range(4))

    def forward(self, x):
        h = self.norm(x)
        q, k, v = self.q(h), self.k(h), self.v(h)
        b, c, hh, ww = q.shape
        q = q.reshape(b, c, hh * ww).permute(0, 2, 1)
        w = torch.bmm(q, k.reshape(b, c, hh * ww)) * (int(c) ** (-0.5))
        w = F.softmax(w, dim=2).permute(0, 2, 1)
        return x + self.o(torch.bmm(v.reshape(b, c, hh * ww), w).reshape(b, c, hh, ww))


@network((2, 3, 8, 8), alt=(1, 3, 16, 8), integer=True, opset=11)
class ddpm(nn.Module):
    def __init__(self):
        super().__init__()
        self.d0, self.d1 = nn.Linear(8, 16), nn.Linear(16, 16)
        self.inp, self.b1 = nn.Conv2d(3, 8, 3, 1, 1), DdpmBlock(8, 8)
        self.down, self.b2, self.attn = nn.Conv2d(8, 8, 3, 2, 0), DdpmBlock(8, 12), DdpmAttention(12)
        self.up, self.b3 = nn.Conv2d(12, 12, 3, 1, 1), DdpmBlock(20, 8)
        self.norm, self.out = nn.GroupNorm(4, 8, eps=1e-6), nn.Conv2d(8, 3, 3, 1, 1)

    def forward(self, x, t):
        temb = self.d0(F.pad(sinusoid(t, 8, True), (0, 0)).to(x.dtype))
        temb = self.d1(temb * torch.sigmoid(temb))
        a = self.b1(self.inp(x), temb)
        h = self.down(F.pad(a, (0, 1, 0, 1), mode="constant", value=0))
        h = self.attn(self.b2(h, temb))
        h = self.up(F.interpolate(h, scale_factor=2.0, mode="nearest"))
        h = self.norm(self.b3(torch.cat([h, a], dim=1), temb))
        return self.out(h * torch.sigmoid(h))


# ---- EDM ----

class EdmConv(nn.Module):
    def __init__(self, cin, cout, kernel, up=False, down=False, taps=(1, 1), fused=False):
        super().__init__()
        self.up, self.down, self.fused, self.cin, self.cout = up, down, fused, cin, cout
        self.weight = nn.Parameter(torch.randn(cout, cin, kernel, kernel) / math.sqrt(cin) / kernel) if kernel else None
        self.bias = nn.Parameter(torch.zeros(cout)) if kernel else None
        f = torch.as_tensor(taps, dtype=torch.float32)
        f = f.ger(f).unsqueeze(0).unsqueeze(1) / f.sum().square()
        self.register_buffer("filter", f if up or down else None)

    def forward(self, x):
        w, f = self.weight, self.filter
        w_pad = int(w.shape[-1]) // 2 if w is not None else 0
        f_pad = (int(f.shape[-1]) - 1) // 2 if f is not None else 0
        if self.fused and self.up and w is not None:
            x = F.conv_transpose2d(x, f.mul(4).repeat(self.cin, 1, 1, 1), groups=self.cin, stride=2, padding=max(f_pad - w_pad, 0))
            x = F.conv2d(x, w, padding=max(w_pad - f_pad, 0))
        elif self.fused and self.down and w is not None:
            x = F.conv2d(x, w, padding=w_pad + f_pad)
            x = F.conv2d(x, f.repeat(self.cout, 1, 1, 1), groups=self.cout, stride=2)
        else:
            if self.up:
                x = F.conv_transpose2d(x, f.mul(4).repeat(self.cin, 1, 1, 1), groups=self.cin, stride=2, padding=f_pad)
            if self.down:
                x = F.conv2d(x, f.repeat(self.cin, 1, 1, 1), groups=self.cin, stride=2, padding=f_pad)
            if w is not None:
                x = F.conv2d(x, w, padding=w_pad)
        return x if self.bias is None else x.add_(self.bias.reshape(1, -1, 1, 1))


class EdmBlock(nn.Module):
    def __init__(self, cin, cout, emb, up=False, down=False, attention=False, adaptive=True, skip=math.sqrt(0.5), taps=(1, 1)):
        super().__init__()
        self.adaptive, self.skip_scale, self.attention, self.cout = adaptive, skip, attention, cout
        self.norm0, self.conv0 = nn.GroupNorm(4, cin, eps=1e-6), EdmConv(cin, cout, 3, up, down, taps)
        self.affine = nn.Linear(emb, cout * (2 if adaptive else 1))
        self.norm1, self.conv1 = nn.GroupNorm(4, cout, eps=1e-6), EdmConv(cout, cout, 3)
        self.skip = EdmConv(cin, cout, 1 if cin != cout else 0, up, down, taps) if cin != cout or up or down else None
        if attention:
            self.norm2, self.qkv, self.proj = nn.GroupNorm(4, cout, eps=1e-6), EdmConv(cout, cout * 3, 1), EdmConv(cout, cout, 1)

    def forward(self, x, emb):
        orig = x
        x = self.conv0(F.silu(self.norm0(x)))
        params = self.affine(emb).unsqueeze(2).unsqueeze(3).to(x.dtype)
        if self.adaptive:
            scale, shift = params.chunk(chunks=2, dim=1)
            x = F.silu(torch.addcmul(shift, self.norm1(x), scale + 1))
        else:
            x = F.silu(self.norm1(x.add(params)))
        x = self.conv1(x)
        x = x.add(self.skip(orig) if self.skip is not None else orig) * self.skip_scale
        if self.attention:
            heads = 2
            q, k, v = self.qkv(self.norm2(x)).reshape(x.shape[0] * heads, x.shape[1] // heads, 3, -1).unbind(2)
            w = torch.einsum("ncq,nck->nqk", q, k / math.sqrt(k.shape[1])).softmax(dim=2)
            a = torch.einsum("nqk,nck->ncq", w, v)
            x = self.proj(a.reshape(*x.shape)).add(x) * self.skip_scale
        return x


class Edm(nn.Module):
    """Preconditioning: D(x; sigma) = c_skip x + c_out F(c_in x; ln(sigma) / 4)."""
    def __init__(self, adaptive, taps, skip, fourier):
        super().__init__()
        self.fourier = fourier
        self.register_buffer("freqs", torch.randn(4) * 2)
        self.map0, self.map1 = nn.Linear(8, 16), nn.Linear(16, 16)
        more = dict(adaptive=adaptive, taps=taps, skip=skip)
        self.inp = EdmConv(3, 8, 3)
        self.down = EdmBlock(8, 8, 16, down=True, **more)
        self.mid = EdmBlock(8, 12, 16, attention=True, **more)
        self.up = EdmBlock(12, 12, 16, up=True, **more)
        self.last = EdmBlock(20, 8, 16, **more)
        self.aux_down, self.aux_up = EdmConv(3, 8, 1, down=True, taps=taps, fused=True), EdmConv(12, 8, 3, up=True, taps=taps, fused=True)
        self.norm, self.out = nn.GroupNorm(4, 8, eps=1e-6), EdmConv(8, 3, 3)

    def forward(self, x, sigma):
        sigma = sigma.reshape(-1, 1, 1, 1)
        c_skip = 0.25 / (sigma ** 2 + 0.25)
        c_out = sigma * 0.5 / (sigma ** 2 + 0.25).sqrt()
        c_in = 1 / (0.25 + sigma ** 2).sqrt()
        noise = (sigma.log() / 4).flatten()
        if self.fourier:
            e = noise.ger((2 * np.pi * self.freqs).to(noise.dtype))
            e = torch.cat([e.cos(), e.sin()], dim=1)
        else:
            freqs = (1 / 10000) ** (torch.arange(4, dtype=torch.float32) / 4)
            e = noise.ger(freqs.to(noise.dtype))
            e = torch.cat([e.cos(), e.sin()], dim=1)
            e = e.reshape(e.shape[0], 2, -1).flip(1).reshape(*e.shape)
        e = F.silu(self.map1(F.silu(self.map0(e))))
        image = c_in * x
        a = self.inp(image)
        h = self.down(a, e) + self.aux_down(image)
        h = self.mid(h, e)
        side = self.aux_up(h)
        h = self.last(torch.cat([self.up(h, e), a], dim=1), e)
        return c_skip * x + c_out * self.out(F.silu(self.norm(h + side)))


@network((1, 3, 8, 8), alt=(3, 3, 8, 8))
class edm_song_ddpmpp(Edm):
    def __init__(self):
        super().__init__(False, (1, 1), math.sqrt(0.5), False)


@network((1, 3, 8, 8), opset=16)
class edm_song_ncsnpp(Edm):
    def __init__(self):
        super().__init__(False, (1, 3, 3, 1), math.sqrt(0.5), True)


@network((1, 3, 8, 8), opset=13)
class edm_dhariwal(Edm):
    def __init__(self):
        super().__init__(True, (1, 1), 1.0, False)


# ---- NCSN++ ----

def upfirdn(x, kernel, up=1, down=1, pad=(0, 0)):
    _, channel, in_h, in_w = x.shape
    x = x.reshape(-1, in_h, in_w, 1)
    kh, kw = kernel.shape
    out = x.view(-1, in_h, 1, in_w, 1, 1)
    out = F.pad(out, [0, 0, 0, up - 1, 0, 0, 0, up - 1])
    out = out.view(-1, in_h * up, in_w * up, 1)
    out = F.pad(out, [0, 0, max(pad[0], 0), max(pad[1], 0), max(pad[0], 0), max(pad[1], 0)])
    out = out[:, max(-pad[0], 0): out.shape[1] - max(-pad[1], 0), max(-pad[0], 0): out.shape[2] - max(-pad[1], 0), :]
    out = out.permute(0, 3, 1, 2)
    out = out.reshape([-1, 1, in_h * up + pad[0] + pad[1], in_w * up + pad[0] + pad[1]])
    w = torch.flip(kernel, [0, 1]).view(1, 1, kh, kw).to(x.dtype)
    out = F.conv2d(out, w)
    out = out.reshape(-1, 1, in_h * up + pad[0] + pad[1] - kh + 1, in_w * up + pad[0] + pad[1] - kw + 1)
    out = out.permute(0, 2, 3, 1)[:, ::down, ::down, :]
    out_h = (in_h * up + pad[0] + pad[1] - kh) // down + 1
    out_w = (in_w * up + pad[0] + pad[1] - kw) // down + 1
    return out.view(-1, channel, out_h, out_w)


def fir():
    k = torch.tensor([1.0, 3.0, 3.0, 1.0])
    return torch.outer(k, k) / k.sum() ** 2


class Nin(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.W, self.b = nn.Parameter(torch.randn(cin, cout) / math.sqrt(cin)), nn.Parameter(torch.zeros(cout))

    def forward(self, x):
        y = torch.einsum("abcd,de->abce", x.permute(0, 2, 3, 1), self.W) + self.b
        return y.permute(0, 3, 1, 2)


class NcsnppBlock(nn.Module):
    def __init__(self, cin, cout, mode=None):
        super().__init__()
        self.mode = mode
        self.norm0, self.conv0 = nn.GroupNorm(4, cin, eps=1e-6), nn.Conv2d(cin, cout, 3, padding=1)
        self.dense, self.norm1, self.conv1 = nn.Linear(16, cout), nn.GroupNorm(4, cout, eps=1e-6), nn.Conv2d(cout, cout, 3, padding=1)
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout or mode else None

    def move(self, x):
        if self.mode == "up":
            return upfirdn(x, fir() * 4, up=2, pad=(2, 1))
        return upfirdn(x, fir(), down=2, pad=(1, 1)) if self.mode == "down" else x

    def forward(self, x, temb):
        h = self.move(F.silu(self.norm0(x)))
        x = self.move(x)
        h = self.conv0(h) + self.dense(F.silu(temb))[:, :, None, None]
        h = self.conv1(F.silu(self.norm1(h)))
        return ((x if self.skip is None else self.skip(x)) + h) / np.sqrt(2.0)


class NcsnppAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = nn.GroupNorm(4, c, eps=1e-6)
        self.q, self.k, self.v, self.o = (Nin(c, c) for _ in range(4))

    def forward(self, x):
        b, c, hh, ww = x.shape
        h = self.norm(x)
        w = torch.einsum("bchw,bcij->bhwij", self.q(h), self.k(h)) * (int(c) ** (-0.5))
        w = F.softmax(torch.reshape(w, (b, hh, ww, hh * ww)), dim=-1)
        w = torch.reshape(w, (b, hh, ww, hh, ww))
        return (x + self.o(torch.einsum("bhwij,bcij->bchw", w, self.v(h)))) / np.sqrt(2.0)


@network((1, 3, 8, 8), alt=(2, 3, 8, 8), opset=13)
class ncsnpp(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("W", torch.randn(4) * 2)
        self.t0, self.t1 = nn.Linear(8, 16), nn.Linear(16, 16)
        self.inp = nn.Conv2d(3, 8, 3, padding=1)
        self.b1, self.down, self.pyr = NcsnppBlock(8, 8), NcsnppBlock(8, 8, "down"), nn.Conv2d(3, 8, 1)
        self.mid, self.attn, self.up = NcsnppBlock(8, 12), NcsnppAttention(12), NcsnppBlock(12, 12, "up")
        self.b2, self.norm = NcsnppBlock(20, 8), nn.GroupNorm(4, 8, eps=1e-6)
        self.out, self.small = nn.Conv2d(8, 3, 3, padding=1), nn.Conv2d(12, 3, 3, padding=1)

    def forward(self, x, sigma):
        p = torch.log(sigma)[:, None] * self.W[None, :] * 2 * np.pi
        temb = torch.cat([torch.sin(p), torch.cos(p)], dim=-1)
        temb = self.t1(F.silu(self.t0(temb)))
        h = 2 * x - 1.0
        a = self.b1(self.inp(h), temb)
        d = self.down(a, temb) + self.pyr(upfirdn(h, fir(), down=2, pad=(1, 1)))
        m = self.attn(self.mid(d, temb))
        pyramid = upfirdn(self.small(m), fir() * 4, up=2, pad=(2, 1))
        h = self.b2(torch.cat([self.up(m, temb), a], dim=1), temb)
        h = pyramid + self.out(F.silu(self.norm(h)))
        return h / sigma.reshape((x.shape[0], *([1] * len(x.shape[1:]))))


# ---- NCSNv2 ----

class InstanceNormPlus(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = nn.InstanceNorm2d(c, affine=False, track_running_stats=False)
        self.alpha, self.gamma, self.beta = (nn.Parameter(1 + 0.1 * torch.randn(c)) for _ in range(3))

    def forward(self, x):
        means = torch.mean(x, dim=(2, 3))
        m, v = torch.mean(means, dim=-1, keepdim=True), torch.var(means, dim=-1, keepdim=True)
        means = (means - m) / torch.sqrt(v + 1e-5)
        h = self.norm(x) + means[..., None, None] * self.alpha[..., None, None]
        return self.gamma.view(-1, x.shape[1], 1, 1) * h + self.beta.view(-1, x.shape[1], 1, 1)


class MeanPoolConv(nn.Module):
    def __init__(self, cin, cout, k):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, k, padding=k // 2)

    def forward(self, x):
        o = self.conv(x)
        return sum([o[:, :, ::2, ::2], o[:, :, 1::2, ::2], o[:, :, ::2, 1::2], o[:, :, 1::2, 1::2]]) / 4.0


class NcsnBlock(nn.Module):
    def __init__(self, cin, cout, down=False, dilation=None):
        super().__init__()
        pad = dilation or 1
        conv = lambda a, b: nn.Conv2d(a, b, 3, padding=pad, dilation=pad)
        self.norm1, self.norm2 = InstanceNormPlus(cin), InstanceNormPlus(cin if down and not dilation else cout)
        if down and not dilation:
            self.conv1, self.conv2, self.skip = conv(cin, cin), MeanPoolConv(cin, cout, 3), MeanPoolConv(cin, cout, 1)
        else:
            self.conv1, self.conv2, self.skip = conv(cin, cout), conv(cout, cout), conv(cin, cout)

    def forward(self, x):
        h = self.conv1(F.elu(self.norm1(x)))
        return self.skip(x) + self.conv2(F.elu(self.norm2(h)))


class Refine(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.crp = nn.ModuleList([nn.Conv2d(c, c, 3, padding=1, bias=False) for _ in range(2)])
        self.msf = nn.ModuleList([nn.Conv2d(c, c, 3, padding=1) for _ in range(2)])
        self.pool = nn.MaxPool2d(5, stride=1, padding=2)

    def forward(self, a, b, size):
        h = sum(F.interpolate(conv(v), size=size, mode="bilinear", align_corners=True) for conv, v in zip(self.msf, (a, b)))
        h = F.elu(h)
        path = h
        for conv in self.crp:
            path = conv(self.pool(path))
            h = path + h
        return h


@network((1, 3, 12, 8), opset=11)
class ncsnv2(nn.Module):
    def __init__(self):
        super().__init__()
        self.begin = nn.Conv2d(3, 8, 3, padding=1)
        self.r1, self.r2 = NcsnBlock(8, 8), NcsnBlock(8, 12, down=True)
        self.r3, self.r4 = NcsnBlock(12, 12, dilation=2), NcsnBlock(12, 12, dilation=4)
        self.adapt, self.refine = nn.Conv2d(12, 8, 3, padding=1), Refine(8)
        self.norm, self.end = InstanceNormPlus(8), nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x, sigma):
        h = 2 * x - 1.0
        a = self.r1(self.begin(h))
        d = self.adapt(self.r4(self.r3(self.r2(a))))
        h = self.refine(a, d, [int(n) for n in a.shape[2:]])
        return self.end(F.elu(self.norm(h))) / sigma.view(x.shape[0], *([1] * len(x.shape[1:])))


# ---- HF diffusers ----

class HfAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = nn.GroupNorm(4, c, eps=1e-5)
        self.q, self.k, self.v, self.o = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        b, c, h, w = x.shape
        y = self.norm(x.view(b, c, h * w)).transpose(1, 2)
        heads = lambda z: z.reshape(b, -1, 2, c // 2).permute(0, 2, 1, 3).reshape(b * 2, -1, c // 2)
        q, k, v = heads(self.q(y)), heads(self.k(y)), heads(self.v(y))
        s = torch.baddbmm(torch.empty(q.shape[0], q.shape[1], k.shape[1], dtype=q.dtype), q, k.transpose(-1, -2), beta=0, alpha=(c // 2) ** -0.5)
        y = torch.bmm(s.softmax(dim=-1), v).reshape(b, 2, -1, c // 2).permute(0, 2, 1, 3).reshape(b, -1, c)
        return (self.o(y).transpose(-1, -2).reshape(b, c, h, w) + x) / 1.0


@network((1, 3, 8, 8), alt=(2, 3, 8, 8), integer=True, opset=14)
class hf_unet2d(nn.Module):
    def __init__(self):
        super().__init__()
        self.t0, self.t1 = nn.Linear(8, 16), nn.Linear(16, 16)
        self.inp, self.b1 = nn.Conv2d(3, 8, 3, padding=1), DdpmBlock(8, 8)
        self.down, self.b2, self.attn = nn.Conv2d(8, 8, 3, stride=2, padding=1), DdpmBlock(8, 12), HfAttention(12)
        self.up, self.b3 = nn.Conv2d(12, 12, 3, padding=1), DdpmBlock(20, 8)
        self.norm, self.out = nn.GroupNorm(4, 8), nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x, t):
        t = t * torch.ones(x.shape[0], dtype=t.dtype)
        emb = self.t1(F.silu(self.t0(sinusoid(t, 8, True).to(x.dtype))))
        a = self.b1(self.inp(x), emb)
        h = self.attn(self.b2(self.down(a), emb))
        h = self.up(F.interpolate(h, scale_factor=2.0, mode="nearest"))
        return self.out(F.silu(self.norm(self.b3(torch.cat([h, a], dim=1), emb))))


class Cubic1d(nn.Module):
    """Down- or upsampling by a reflected pad and a strided (transposed) convolution, the filter on the diagonal."""
    def __init__(self, up, c=8):
        super().__init__()
        k = torch.tensor([-0.01171875, -0.03515625, 0.11328125, 0.43359375, 0.43359375, 0.11328125, -0.03515625, -0.01171875])
        self.up, self.taps = up, 8
        self.register_buffer("kernel", torch.eye(c)[:, :, None] * (k * 2 if up else k))

    def forward(self, x):
        pad = self.taps // 2 - 1
        x = F.pad(x, ((pad + 1) // 2,) * 2 if self.up else (pad,) * 2, "reflect")
        if self.up:
            return F.conv_transpose1d(x, self.kernel, stride=2, padding=pad * 2 + 1)
        return F.conv1d(x, self.kernel, stride=2)


class Hf1dBlock(nn.Module):
    def __init__(self, cin, cmid, cout, last=False):
        super().__init__()
        self.skip = nn.Conv1d(cin, cout, 1, bias=False) if cin != cout else None
        self.conv1, self.norm1 = nn.Conv1d(cin, cmid, 5, padding=2), nn.GroupNorm(1, cmid)
        self.conv2, self.norm2 = nn.Conv1d(cmid, cout, 5, padding=2), None if last else nn.GroupNorm(1, cout)

    def forward(self, x):
        r = x if self.skip is None else self.skip(x)
        h = F.gelu(self.norm1(self.conv1(x)))
        h = self.conv2(h)
        return (h if self.norm2 is None else F.gelu(self.norm2(h))) + r


class Attention1d(nn.Module):
    def __init__(self, c, heads=2):
        super().__init__()
        self.heads, self.norm = heads, nn.GroupNorm(1, c)
        self.q, self.k, self.v, self.o = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        b, c, n = x.shape
        y = self.norm(x).transpose(1, 2)
        heads = lambda z: z.view(b, n, self.heads, -1).permute(0, 2, 1, 3)
        q, k, v = heads(self.q(y)), heads(self.k(y)), heads(self.v(y))
        scale = 1 / math.sqrt(math.sqrt(k.shape[-1]))
        p = torch.softmax(torch.matmul(q * scale, k.transpose(-1, -2) * scale), dim=-1)
        y = torch.matmul(p, v).permute(0, 2, 1, 3).contiguous().view(b, n, c)
        return self.o(y).transpose(1, 2) + x


@network((1, 2, 32), alt=(2, 2, 32))
class hf_unet1d(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("freq", torch.randn(4))
        self.b1, self.down = Hf1dBlock(10, 8, 8), Cubic1d(False)
        self.b2, self.attn, self.b3 = Hf1dBlock(8, 8, 12), Attention1d(12), Hf1dBlock(12, 8, 8)
        self.up, self.b4 = Cubic1d(True), Hf1dBlock(16, 8, 2, last=True)
        self.mish = nn.Mish()

    def forward(self, x, t):
        e = t[:, None] * self.freq[None, :] * 2 * math.pi
        e = torch.cat([torch.cos(e), torch.sin(e)], dim=-1)[..., None].repeat([1, 1, x.shape[2]])
        a = self.b1(torch.cat([x, e], dim=1))
        h = self.b3(self.attn(self.b2(self.down(a))))
        return self.mish(self.b4(torch.cat([self.up(h), a], dim=1)))


# ---- DRUNet ----

class Residual(nn.Module):
    def __init__(self, c, act):
        super().__init__()
        self.a, self.b, self.act = nn.Conv2d(c, c, 3, padding=1, bias=False), nn.Conv2d(c, c, 3, padding=1, bias=False), act

    def forward(self, x):
        return x + self.b(self.act(self.a(x)))


class Drunet(nn.Module):
    def __init__(self, act=nn.ReLU(), down="strideconv", up="convtranspose"):
        super().__init__()
        self.head, self.r1 = nn.Conv2d(4, 4, 3, padding=1, bias=False), Residual(4, act)
        pools = {"avgpool": nn.AvgPool2d(2), "maxpool": nn.MaxPool2d(2)}
        self.down = nn.Conv2d(4, 8, 2, stride=2, bias=False) if down == "strideconv" else nn.Sequential(pools[down], nn.Conv2d(4, 8, 3, padding=1, bias=False))
        self.r2 = Residual(8, act)
        self.up = {
            "convtranspose": lambda: nn.ConvTranspose2d(8, 4, 2, stride=2, bias=False),
            "pixelshuffle": lambda: nn.Sequential(nn.Conv2d(8, 16, 3, padding=1, bias=False), nn.PixelShuffle(2)),
            "upconv": lambda: nn.Sequential(nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(8, 4, 3, padding=1, bias=False)),
        }[up]()
        self.r3, self.tail = Residual(4, act), nn.Conv2d(4, 3, 3, padding=1, bias=False)

    def forward(self, x, sigma):
        noise = sigma.view(-1, 1, 1, 1).expand(x.shape[0], 1, x.shape[2], x.shape[3])
        a = self.r1(self.head(torch.cat((x, noise), 1)))
        h = self.up(self.r2(self.down(a)))
        return self.tail(self.r3(h + a))


@network((1, 3, 8, 8), alt=(2, 3, 12, 8), opset=11)
class drunet(Drunet):
    pass


@network((1, 3, 8, 8), alt=(2, 3, 12, 8))
class drunet_softplus_pixelshuffle(Drunet):
    def __init__(self):
        super().__init__(nn.Softplus(), "avgpool", "pixelshuffle")


@network((1, 3, 8, 8))
class drunet_elu_maxpool(Drunet):
    def __init__(self):
        super().__init__(nn.ELU(), "maxpool", "upconv")


@network((1, 3, 10, 10))
class drunet_padded(Drunet):
    """The size is brought to a multiple of 4 by replicating the border, then cropped."""
    def forward(self, x, sigma):
        h, w = x.shape[-2:]
        x = nn.ReplicationPad2d((0, (4 - w % 4) % 4, 0, (4 - h % 4) % 4))(x)
        return super().forward(x, sigma)[..., :h, :w]


# ---- transformer ----

@network((1, 3, 8, 8), opset=16)
class dit(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch, self.pos = nn.Conv2d(3, 12, 2, stride=2), nn.Parameter(torch.randn(1, 16, 12) * 0.1)
        self.norm1, self.norm2 = nn.LayerNorm(12, elementwise_affine=False, eps=1e-6), nn.LayerNorm(12)
        self.mod, self.qkv, self.proj = nn.Linear(8, 36), nn.Linear(12, 36), nn.Linear(12, 12)
        self.fc1, self.fc2, self.out = nn.Linear(12, 24), nn.Linear(24, 12), nn.Linear(12, 12)

    def forward(self, x, t):
        shift, scale, gate = self.mod(sinusoid(t, 8).to(x.dtype)).chunk(3, dim=1)
        h = self.patch(x).flatten(2).transpose(1, 2) + self.pos
        y = self.norm1(h) * (1 + scale.unsqueeze(1)) + shift.unsqueeze(1)
        q, k, v = self.qkv(y).reshape(1, 16, 3, 2, 6).permute(2, 0, 3, 1, 4).unbind(0)
        y = ((q * 6 ** -0.5) @ k.transpose(-2, -1)).softmax(dim=-1) @ v
        h = h + gate.unsqueeze(1) * self.proj(y.transpose(1, 2).reshape(1, 16, 12))
        h = h + self.fc2(F.gelu(self.fc1(self.norm2(h)), approximate="tanh"))
        y = self.out(h).reshape(1, 4, 4, 2, 2, 3)
        return torch.einsum("nhwpqc->nchpwq", y).reshape(1, 3, 8, 8)


@network((1, 3, 8, 8), opset=17)
class dit_17(dit):
    """From opset 17 LayerNorm is one operator; its exporter wants weights."""
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(12)


# ---- groups of operators ----

@network((2, 3, 4, 4), opset=14)
class activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.prelu, self.prelu1 = nn.PReLU(3, 0.3), nn.PReLU()

    def forward(self, x, t):
        fs = [F.relu, F.leaky_relu, F.elu, F.selu, F.celu, F.hardswish, F.hardsigmoid, F.mish, F.softplus, F.softsign, F.gelu, F.silu, F.logsigmoid,
              F.relu6, F.hardtanh, torch.tanh, torch.erf, torch.sin, torch.cos, torch.atan, torch.exp, torch.abs, torch.neg, torch.square, self.prelu, self.prelu1,
              lambda v: F.elu(v, 0.5), lambda v: F.softplus(v, beta=2), lambda v: F.hardshrink(v, 0.3), lambda v: F.softshrink(v, 0.3), lambda v: F.threshold(v, 0.0, 0.0),
              lambda v: torch.log(v.abs() + 0.5), lambda v: torch.sqrt(v.abs() + 0.5), lambda v: torch.reciprocal(v.abs() + 0.5), lambda v: torch.rsqrt(v ** 2 + 1),
              lambda v: torch.pow(v.abs() + 0.5, 1.7), lambda v: torch.pow(1.3, v), lambda v: v ** 3, lambda v: v.clamp(-0.5, 0.7), lambda v: v.clamp(min=0.1),
              lambda v: torch.log1p(v ** 2), lambda v: torch.floor(v) * v, lambda v: torch.round(v) * v, lambda v: torch.sign(v) * v, lambda v: F.glu(torch.cat([v, v * v], 1), 1)]
        return torch.cat([f(x) for f in fs], dim=1) * t.view(-1, 1, 1, 1)


@network((2, 4, 6), opset=16)
class two_active_inputs(nn.Module):
    def forward(self, x, t):
        a, b = x[:, :2] + 0.1, x[:, 2:]
        c = b.mean(dim=2, keepdim=True) + 2
        parts = [a * b, a * c, c * a, a / (b * b + 1), a - c, c - a, c / (a * a + 1), torch.max(a, b), torch.min(a, c), torch.maximum(c, a), torch.pow(a.abs() + 0.3, b),
                 torch.where(a > b, a * b, b - c), torch.matmul(a, b.transpose(1, 2)).repeat(1, 1, 3), torch.lerp(a, b, 0.3), torch.addcmul(a, b, c, value=0.5), torch.fmod(a, b.abs() + 0.5),
                 torch.sigmoid(a) * b, a.expand(2, 2, 6) + a.unsqueeze(0).expand(2, 2, 2, 6).sum(0)]
        return torch.cat(parts, dim=1)


@network((2, 4, 6), opset=16)
class moving(nn.Module):
    def forward(self, x, t):
        flat = lambda v: v.reshape(2, -1)
        i = torch.tensor([3, 0, 0, 2])
        parts = [x[:, 1:3, ::2], x[:, :, 1::3], x.flip(2), x[:, [2, 0, 2]], torch.index_select(x, 2, i), torch.gather(x, 2, torch.tensor([[[0, 5, 5, 1]] * 4] * 2)),
                 x.roll(2, 2), torch.cumsum(x, 2), x.repeat(1, 2, 3), x.unsqueeze(1).expand(2, 3, 4, 6), x.permute(2, 0, 1).permute(1, 0, 2), x.tril(), x.triu(1),
                 torch.stack([x, x * 2], 1), x.split([1, 3], 1)[1], torch.chunk(x, 3, 2)[1], torch.chunk(x, 2, 1)[0] * torch.chunk(x, 2, 1)[1], x.squeeze().unsqueeze(-1), x[..., -1], x[:, 2],
                 x.narrow(2, 1, 4), x[:, :, -3:], x.transpose(1, 2).contiguous().view(2, -1), F.pad(x, (1, 2)), F.pad(x, (-1, 2, 1, 0)), x.masked_fill(x > 0.5, 0.3), x[:, :, torch.tensor([1, 1])]]
        return torch.cat([flat(p) for p in parts], dim=1)


@network((2, 3, 5), opset=16)
class reducing(nn.Module):
    def forward(self, x, t):
        flat = lambda v: v.reshape(2, -1)
        parts = [x.sum(1), x.mean(2), x.mean((1, 2)), x.sum((1, 2), keepdim=True), x.amax(2), x.amin(1), x.max(2)[0], x.min(1, keepdim=True)[0], torch.logsumexp(x, 2), x.norm(dim=2), x.norm(p=1, dim=1), x.prod(2),
                 x.var(2), x.std(2, unbiased=False), torch.softmax(x, 1), torch.softmax(x, 2), F.log_softmax(x, 1), x.topk(3, 2)[0], x.topk(2, 1, largest=False)[0], F.normalize(x, dim=1), F.softmin(x, 2),
                 (x ** 2).sum(2).sqrt(), x - x.mean(), torch.sort(x, 2)[0], x.argmax(2).to(x.dtype) + x[:, :, 0]]
        return torch.cat([flat(p) for p in parts], dim=1)


@network((1, 3, 9, 10), opset=16)
class pooling(nn.Module):
    def forward(self, x, t):
        parts = [F.avg_pool2d(x, 2), F.avg_pool2d(x, 3, 2, 1), F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), F.avg_pool2d(x, 3, 1, 1), F.avg_pool2d(x, 2, 2, ceil_mode=False), F.avg_pool2d(x, (3, 5), (3, 5)),
                 F.max_pool2d(x, 2), F.max_pool2d(x, 3, 2, 1), F.max_pool2d(x, 5, 1, 2), F.max_pool2d(x, 3, 2, ceil_mode=True), F.max_pool2d(x, 2, 1, dilation=2), F.adaptive_avg_pool2d(x, 1), F.adaptive_avg_pool2d(x, (3, 5)),
                 F.max_pool1d(x.reshape(3, 9, 10), 3, 2), F.avg_pool1d(x.reshape(3, 9, 10), 4, 2, 1), F.max_pool2d(F.relu(x), 3, 2, 1), F.adaptive_max_pool2d(x, (1, 1))]
        return torch.cat([p.reshape(1, -1) for p in parts], dim=1)


@network((1, 2, 6, 7), opset=16)
class padding(nn.Module):
    def forward(self, x, t):
        parts = [F.pad(x, (1, 2, 3, 0), mode="reflect"), F.pad(x, (1, 2, 3, 0), mode="replicate"), F.pad(x, (1, 2, 3, 4), value=0.5), F.pad(x, (-1, -2, 0, -1)), F.pad(x[0], (3, 2), mode="reflect")]
        return torch.cat([p.reshape(1, -1) for p in parts], dim=1)


@network((1, 2, 6, 8), opset=16)
class resizing(nn.Module):
    def forward(self, x, t):
        i = F.interpolate
        parts = [i(x, scale_factor=2), i(x, size=(9, 11)), i(x, size=(4, 3)), i(x, scale_factor=(2, 3)), i(x, scale_factor=0.5), i(x, scale_factor=2, mode="bilinear"), i(x, size=(9, 5), mode="bilinear"),
                 i(x, size=(9, 5), mode="bilinear", align_corners=True), i(x, scale_factor=2, mode="bilinear", align_corners=True), i(x, scale_factor=2, mode="bicubic"), i(x, size=(11, 5), mode="bicubic", align_corners=True),
                 i(x[0], scale_factor=2, mode="linear"), i(x[0], size=5, mode="linear", align_corners=True), i(x[0], scale_factor=2), i(x.unsqueeze(2), scale_factor=(1, 2, 2), mode="nearest"), i(x, scale_factor=1.5, mode="bilinear", recompute_scale_factor=True)]
        return torch.cat([p.reshape(1, -1) for p in parts], dim=1)


@network((1, 4, 5, 8), opset=14)
class convolving(nn.Module):
    def __init__(self):
        super().__init__()
        conv, up = nn.Conv2d, nn.ConvTranspose2d
        self.convs = nn.ModuleList([conv(4, 3, 1), conv(4, 3, 2), conv(4, 3, 3, 2, 1), conv(4, 3, 3, 3), conv(4, 3, 3, padding=2, dilation=2), conv(4, 4, 3, padding=1, groups=4), conv(4, 6, 3, padding=1, groups=2), conv(4, 8, 3, 2, 1, groups=4),
                                    conv(4, 3, (1, 5), padding=(0, 2)), conv(4, 3, 4, 2, 1, bias=False), conv(4, 3, 3, padding=1, padding_mode="reflect"), conv(4, 3, 5, padding=2), conv(4, 3, 3, (2, 1), (1, 3), (1, 2)),
                                    up(4, 3, 2, 2), up(4, 3, 4, 2, 1), up(4, 3, 3, 2, 1, output_padding=1), up(4, 4, 4, 2, 1, groups=4), up(4, 3, 3, 1, 1), up(4, 6, 3, 2, groups=2, dilation=2)])
        self.line = nn.ModuleList([nn.Conv1d(4, 3, 5, padding=2), nn.Conv1d(4, 4, 8, 2, 3, groups=4), nn.ConvTranspose1d(4, 3, 8, 2, 3), nn.Conv1d(4, 2, 3, dilation=4)])
        self.cube, self.back = nn.Conv3d(2, 2, 3, padding=1), nn.ConvTranspose3d(2, 1, 2, 2)

    def forward(self, x, t):
        # A circular pad is left out: this exporter writes it wrongly.
        parts = [c(x) for c in self.convs] + [c(x.reshape(1, 4, -1)) for c in self.line]
        y = self.cube(x.reshape(1, 2, 2, 5, 8))
        w = x.mean(dim=(2, 3)).reshape(1, 4, 1, 1)
        parts += [y, self.back(y), F.conv2d(x, self.convs[0].weight, x.mean((0, 2, 3))[:3]), F.conv2d(x, w)]
        return torch.cat([p.reshape(1, -1) for p in parts], dim=1)


@network((2, 6, 4, 4), opset=14)
class normalising(nn.Module):
    def __init__(self):
        super().__init__()
        self.batch, self.batch1 = nn.BatchNorm2d(6), nn.BatchNorm1d(6)
        for b in (self.batch, self.batch1):
            b.running_mean.normal_()
            b.running_var.uniform_(0.5, 2)
        self.inst, self.inst1 = nn.InstanceNorm2d(6, affine=True), nn.InstanceNorm1d(6)
        self.group, self.one, self.layer, self.layer2 = nn.GroupNorm(3, 6), nn.GroupNorm(1, 6), nn.LayerNorm(4), nn.LayerNorm((4, 4))
        self.local = nn.LocalResponseNorm(3)

    def forward(self, x, t):
        y = x.reshape(2, 6, 16)
        return torch.cat([p.reshape(2, -1) for p in [self.batch(x), self.batch1(y), self.inst(x), self.inst1(y), self.group(x), self.group(y), self.one(x), self.layer(x), self.layer2(x), F.instance_norm(x * t.view(-1, 1, 1, 1))]], dim=1)


@network((2, 6, 4, 4), opset=17)
class normalising_17(normalising):
    pass


@network((2, 4, 6), opset=14)
class contracting(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.v = nn.Parameter(torch.randn(6, 5)), nn.Parameter(torch.randn(6))
        self.b, self.lin = nn.Parameter(torch.randn(2, 3, 6, 4)), nn.Linear(6, 3)

    def forward(self, x, t):
        e, w = torch.einsum, self.w
        xt = x.transpose(1, 2)
        parts = [x @ w, x @ self.v, self.v @ xt, x @ xt, x.unsqueeze(1) @ self.b, self.lin(x), self.lin(x[:, 0]), F.linear(x[:, 1], w.t()), torch.addmm(self.v[:5], x[:, 0], w), torch.bmm(x, xt), torch.tensordot(x, w, 1),
                 e("bij,jk->bik", x, w), e("bij,bkj->bik", x, x), e("bij,bij->b", x, x), e("bij->bj", x), e("bij,j->bij", x, self.v), e("bij->bji", x), e("...ij,jk->...ik", x, w), e("bij,cij->bc", x, x), e("bij,jk,bil->blk", x, w, x), e("bii->bi", x[:, :, :4]),
                 e("bij,bkl->bil", x, x), e("bhid,bhjd->bhij", x.view(2, 2, 4, 3), x.view(2, 2, 4, 3))]
        return torch.cat([p.reshape(2, -1) for p in parts], dim=1)


@network((1, 8, 4, 4), opset=14)
class shuffling(nn.Module):
    def forward(self, x, t):
        parts = [F.pixel_shuffle(x, 2), F.pixel_unshuffle(x, 2), x.view(1, 2, 4, 4, 4).transpose(1, 2).reshape(1, 8, 4, 4), F.unfold(x, 2, stride=2), x.flatten(1).unsqueeze(-1)]
        return torch.cat([p.reshape(1, -1) for p in parts], dim=1)


def write_handmade(name):
    build, shape, opset = newer_operators.NETWORKS[name]
    torch.manual_seed(sum(map(ord, name)))
    both = newer_operators.Both()
    build(both)
    graph = both.g
    flat = [graph.op("Reshape", part, graph.const([-1])) for part in both.names]
    out = graph.op("Concat", *flat, axis=0)
    reference(lambda x, t: both.apply(x), shape, False, os.path.join(HERE, name + ".npz"))
    size = both.apply(torch.randn(shape)).numel()
    graph.save(os.path.join(HERE, name + ".onnx"), shape, out, (size,), opset)


if __name__ == "__main__":
    for name in sys.argv[1:] or [*NETWORKS, *newer_operators.NETWORKS]:
        (write if name in NETWORKS else write_handmade)(name)
