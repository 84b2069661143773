"""Networks of operators that are newer than the exporter: ONNX written by hand beside the same function in PyTorch."""
import math

import torch
import torch.nn.functional as F

from onnx_file import Graph

NETWORKS = {}


def handmade(shape, opset):
    def register(build):
        NETWORKS[build.__name__] = (build, shape, opset)
        return build
    return register


class Both:
    """Collects pairs: the name of an ONNX value, and the PyTorch function of x that it stands for."""

    def __init__(self):
        self.g, self.names, self.functions = Graph(), [], []

    def pair(self, name, function):
        self.names.append(name)
        self.functions.append(function)

    def apply(self, x):
        return torch.cat([f(x).reshape(-1) for f in self.functions])


@handmade((2, 4, 6), 20)
def opset20(b):
    g = b.g
    ints = g.const
    b.pair(g.op("Gelu", "x"), F.gelu)
    b.pair(g.op("Gelu", "x", approximate="tanh"), lambda x: F.gelu(x, approximate="tanh"))
    b.pair(g.op("Mish", "x"), F.mish)
    b.pair(g.op("HardSwish", "x"), F.hardswish)
    b.pair(g.op("Celu", "x", alpha=0.7), lambda x: F.celu(x, 0.7))
    b.pair(g.op("ThresholdedRelu", "x", alpha=0.4), lambda x: torch.where(x > 0.4, x, torch.zeros_like(x)))
    for name, function in [("ReduceMean", lambda x, a, k: x.mean(a, k)), ("ReduceSum", lambda x, a, k: x.sum(a, k)), ("ReduceL2", lambda x, a, k: x.norm(dim=a, keepdim=k)),
                           ("ReduceL1", lambda x, a, k: x.abs().sum(a, k)), ("ReduceSumSquare", lambda x, a, k: (x * x).sum(a, k)), ("ReduceLogSumExp", lambda x, a, k: torch.logsumexp(x, a, k)),
                           ("ReduceMax", lambda x, a, k: x.amax(a, k)), ("ReduceMin", lambda x, a, k: x.amin(a, k))]:
        b.pair(g.op(name, "x", ints([1]), keepdims=0), lambda x, f=function: f(x, (1,), False))
        b.pair(g.op(name, "x", ints([0, -1]), keepdims=1), lambda x, f=function: f(x, (0, 2), True))
    b.pair(g.op("ReduceSum", "x", noop_with_empty_axes=1), lambda x: x)
    b.pair(g.op("ReduceMean", "x"), lambda x: x.mean())
    b.pair(g.op("ReduceLogSum", g.op("Abs", "x"), ints([2])), lambda x: x.abs().sum(2).log())
    first, second, third = g.op("Split", "x", outputs=3, axis=2, num_outputs=3)
    b.pair(g.op("Mul", first, third), lambda x: x[:, :, :2] * x[:, :, 4:])
    b.pair(second, lambda x: x[:, :, 2:4])
    b.pair(g.op("Pad", "x", ints([2, 1]), "", ints([-1]), mode="wrap"), lambda x: torch.cat([x[..., 4:], x, x[..., :1]], 2))
    b.pair(g.op("Pad", "x", ints([1, 2]), "", ints([2]), mode="reflect"), lambda x: F.pad(x, (1, 2), mode="reflect"))
    b.pair(g.op("Pad", "x", ints([1, 0, 2, 1]), "", ints([1, 2]), mode="edge"), lambda x: F.pad(x[None], (0, 1, 1, 2), mode="replicate")[0])
    b.pair(g.op("Pad", "x", ints([0, -1, 2, -1, 1, -2]), g.const(0.5, "float32")), lambda x: F.pad(x, (2, -2, -1, 1, 0, -1), value=0.5))
    b.pair(g.op("CumSum", "x", ints(1), reverse=1, exclusive=1), lambda x: x.flip(1).cumsum(1).flip(1) - x)
    b.pair(g.op("Trilu", "x", ints(1), upper=0), lambda x: x.tril(1))
    b.pair(g.op("Slice", "x", ints([-1, 5]), ints([-100, 0]), ints([1, 2]), ints([-1, -2])), lambda x: x.flip(1)[:, :, [5, 3, 1]])
    b.pair(g.op("GatherND", "x", ints([[[0, 5], [3, 1]], [[1, 1], [1, 1]]]), batch_dims=1), lambda x: torch.stack([x[0, [0, 3], [5, 1]], x[1, [1, 1], [1, 1]]]))
    b.pair(g.op("GatherND", "x", ints([[0, 1], [1, 3], [0, 1]])), lambda x: x[[0, 1, 0], [1, 3, 1]])
    b.pair(g.op("GatherElements", "x", ints([[[0, -1], [2, 2], [1, 1], [0, 0]]] * 2), axis=2), lambda x: x.gather(2, torch.tensor([[[0, 5], [2, 2], [1, 1], [0, 0]]] * 2)))
    b.pair(g.op("Gather", "x", ints([-1, 0, -1]), axis=1), lambda x: x[:, [3, 0, 3]])
    half = g.op("Slice", "x", ints([0]), ints([2]), ints([2]))
    places = torch.tensor([[[1, 3]] * 4] * 2)
    for reduction in ("none", "add"):
        b.pair(g.op("ScatterElements", "x", ints(places.numpy()), half, axis=2, reduction=reduction),
               lambda x, r=reduction: x.scatter(2, places, x[:, :, :2]) if r == "none" else x.scatter_add(2, places, x[:, :, :2]))
    rows = g.op("Gather", "x", ints([1]), axis=0)
    b.pair(g.op("ScatterND", "x", ints([[0]]), rows, reduction="add"), lambda x: torch.cat([x[:1] + x[1:], x[1:]]))
    values, _ = g.op("TopK", "x", ints([3]), outputs=2, axis=-1, largest=0)
    b.pair(values, lambda x: x.topk(3, 2, largest=False)[0])
    b.pair(g.op("Clip", "x", "", g.const(0.3, "float32")), lambda x: x.clamp(max=0.3))
    b.pair(g.op("Max", "x", g.const(0.1, "float32"), g.op("Neg", "x")), lambda x: torch.maximum(torch.maximum(x, torch.full_like(x, 0.1)), -x))
    b.pair(g.op("Sum", "x", g.op("Sin", "x"), "x"), lambda x: 2 * x + x.sin())
    b.pair(g.op("Mean", "x", g.op("Exp", "x")), lambda x: (x + x.exp()) / 2)
    b.pair(g.op("Tile", "x", ints([1, 2, 3])), lambda x: x.repeat(1, 2, 3))
    b.pair(g.op("Expand", g.op("Unsqueeze", "x", ints([0])), ints([3, 1, 4, 1])), lambda x: x[None].expand(3, 2, 4, 6))
    b.pair(g.op("LpNormalization", "x", axis=1, p=2), lambda x: F.normalize(x, dim=1))
    for op, function in [("Sinh", torch.sinh), ("Cosh", torch.cosh), ("Atan", torch.atan), ("Asinh", torch.asinh), ("Softsign", F.softsign), ("Tan", lambda x: torch.tan(x))]:
        small = g.op("Mul", "x", g.const(0.3, "float32"))
        b.pair(g.op(op, small), lambda x, f=function: f(0.3 * x))


@handmade((2, 4, 6), 21)
def opset21_norms(b):
    g = b.g
    scale, bias = torch.randn(4), torch.randn(4)
    s, c = g.const(scale.numpy(), "float32"), g.const(bias.numpy(), "float32")
    b.pair(g.op("GroupNormalization", "x", s, c, num_groups=2, epsilon=1e-5), lambda x: F.group_norm(x, 2, scale.to(x.dtype), bias.to(x.dtype)))
    b.pair(g.op("InstanceNormalization", "x", s, c), lambda x: F.instance_norm(x, weight=scale.to(x.dtype), bias=bias.to(x.dtype)))
    wide = torch.randn(4, 6)
    b.pair(g.op("LayerNormalization", "x", g.const(wide.numpy(), "float32"), axis=1, epsilon=1e-4), lambda x: F.layer_norm(x, (4, 6), wide.to(x.dtype), None, 1e-4))
    b.pair(g.op("LayerNormalization", "x", g.const(wide[0].numpy(), "float32"), g.const(wide[1].numpy(), "float32")), lambda x: F.layer_norm(x, (6,), wide[0].to(x.dtype), wide[1].to(x.dtype)))
    moving = torch.rand(4) + 0.5
    b.pair(g.op("BatchNormalization", "x", s, c, g.const(bias.numpy(), "float32"), g.const(moving.numpy(), "float32")), lambda x: F.batch_norm(x, bias.to(x.dtype), moving.to(x.dtype), scale.to(x.dtype), bias.to(x.dtype)))
    b.pair(g.op("MeanVarianceNormalization", "x", axes=[0, 2]), lambda x: (x - x.mean((0, 2), True)) / (x.var((0, 2), unbiased=False, keepdim=True).sqrt() + 1e-9))
    b.pair(g.op("Softmax", "x", axis=0), lambda x: x.softmax(0))
    b.pair(g.op("LogSoftmax", "x", axis=1), lambda x: x.log_softmax(1))


def real(z):
    return torch.view_as_real(z)


@handmade((2, 6, 2), 20)
def opset20_dft(b):
    g = b.g
    axis, length = g.const(1), g.const
    whole = lambda x: torch.view_as_complex(x.contiguous())
    b.pair(g.op("DFT", "x", "", axis), lambda x: real(torch.fft.fft(whole(x), dim=1)))
    b.pair(g.op("DFT", "x", "", axis, inverse=1), lambda x: real(torch.fft.ifft(whole(x), dim=1)))
    b.pair(g.op("DFT", "x", length(8), axis), lambda x: real(torch.fft.fft(whole(x), n=8, dim=1)))
    b.pair(g.op("DFT", "x", length(5), axis, inverse=1), lambda x: real(torch.fft.ifft(whole(x), n=5, dim=1)))
    line = g.op("Slice", "x", g.const([0]), g.const([1]), g.const([2]))
    b.pair(g.op("DFT", line, "", axis, onesided=1), lambda x: real(torch.fft.rfft(x[..., 0], dim=1)))
    b.pair(g.op("DFT", line, length(7), axis, onesided=1), lambda x: real(torch.fft.rfft(x[..., 0], n=7, dim=1)))
    b.pair(g.op("DFT", line, "", axis), lambda x: real(torch.fft.fft(x[..., 0], dim=1)))
    flipped = g.op("Transpose", "x", perm=[1, 0, 2])
    b.pair(g.op("DFT", flipped, "", g.const(0)), lambda x: real(torch.fft.fft(whole(x), dim=1)).permute(1, 0, 2))


@handmade((1, 2, 6, 8), 20)
def opset20_images(b):
    g = b.g
    scales = lambda *s: g.const([1, 1, *s], "float32")
    b.pair(g.op("Resize", "x", "", scales(0.5, 0.5), mode="linear", antialias=1, exclude_outside=1), lambda x: F.interpolate(x, scale_factor=0.5, mode="bilinear", antialias=True))
    b.pair(g.op("Resize", "x", "", scales(0.5, 0.5), mode="cubic", antialias=1, exclude_outside=1, cubic_coeff_a=-0.5), lambda x: F.interpolate(x, scale_factor=0.5, mode="bicubic", antialias=True))
    b.pair(g.op("Resize", "x", "", "", g.const([9, 12]), axes=[2, 3], mode="linear", coordinate_transformation_mode="half_pixel"), lambda x: F.interpolate(x, size=(9, 12), mode="bilinear"))
    b.pair(g.op("Resize", "x", "", scales(2, 3), mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"), lambda x: F.interpolate(x, scale_factor=(2, 3)))
    b.pair(g.op("Resize", "x", "", scales(2, 2)), lambda x: F.interpolate(x, scale_factor=2))
    b.pair(g.op("DepthToSpace", g.op("Concat", "x", "x", axis=1), blocksize=2, mode="DCR"), lambda x: depth_first(torch.cat([x, x], 1)))
    b.pair(g.op("SpaceToDepth", "x", blocksize=2), lambda x: x.reshape(1, 2, 3, 2, 4, 2).permute(0, 3, 5, 1, 2, 4))
    pool = dict(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    b.pair(g.op("AveragePool", "x", ceil_mode=1, count_include_pad=0, **pool), lambda x: F.avg_pool2d(x, 3, 2, 1, True, False))
    b.pair(g.op("AveragePool", "x", ceil_mode=1, count_include_pad=1, **pool), lambda x: F.avg_pool2d(x, 3, 2, 1, True, True))
    b.pair(g.op("AveragePool", "x", kernel_shape=[2, 2], dilations=[2, 3]), lambda x: (x[:, :, :4, :5] + x[:, :, 2:, :5] + x[:, :, :4, 3:] + x[:, :, 2:, 3:]) / 4)
    b.pair(g.op("AveragePool", "x", kernel_shape=[3, 3], auto_pad="SAME_UPPER"), lambda x: F.avg_pool2d(x, 3, 1, 1, count_include_pad=False))
    b.pair(g.op("MaxPool", "x", ceil_mode=1, **pool), lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True))
    b.pair(g.op("MaxPool", "x", kernel_shape=[2, 2], strides=[2, 2]), lambda x: F.max_pool2d(x, 2))
    b.pair(g.op("GlobalAveragePool", "x"), lambda x: x.mean((2, 3)))
    b.pair(g.op("GlobalMaxPool", "x"), lambda x: x.amax((2, 3)))
    w = torch.randn(4, 2, 3, 3)
    weight = g.const(w.numpy(), "float32")
    b.pair(g.op("Conv", "x", weight, auto_pad="SAME_UPPER", strides=[2, 2]), lambda x: F.conv2d(F.pad(x, (0, 1, 0, 1)), w.to(x.dtype), stride=2))
    b.pair(g.op("Conv", "x", weight, pads=[0, 0, 2, 1]), lambda x: F.conv2d(F.pad(x, (0, 1, 0, 2)), w.to(x.dtype)))
    b.pair(g.op("Conv", "x", weight, pads=[3, 3, 3, 3]), lambda x: F.conv2d(x, w.to(x.dtype), padding=3))
    u = torch.randn(2, 3, 4, 4)
    up = g.const(u.numpy(), "float32")
    b.pair(g.op("ConvTranspose", "x", up, strides=[2, 2], pads=[1, 1, 1, 1]), lambda x: F.conv_transpose2d(x, u.to(x.dtype), stride=2, padding=1))
    b.pair(g.op("ConvTranspose", "x", up, strides=[2, 2], pads=[1, 1, 2, 2], output_padding=[1, 1]), lambda x: F.conv_transpose2d(x, u.to(x.dtype), stride=2, padding=1, output_padding=1)[..., :-1, :-1])
    # The weight, and the bias, come from x.
    flat = g.op("Reshape", g.op("Slice", "x", g.const([0, 0]), g.const([3, 4]), g.const([2, 3])), g.const([2, 2, 2, 3]))
    row = g.op("ReduceMean", "x", g.const([0, 2, 3]), keepdims=0)
    b.pair(g.op("Conv", "x", flat, row), lambda x: F.conv2d(x, x[:, :, :3, :4].reshape(2, 2, 2, 3), x.mean((0, 2, 3))))


def depth_first(x):
    n, c, h, w = x.shape
    return x.reshape(n, 2, 2, c // 4, h, w).permute(0, 3, 4, 1, 5, 2)


@handmade((2, 4, 6), 23)
def opset23(b):
    g = b.g
    scale = torch.randn(6)
    b.pair(g.op("RMSNormalization", "x", g.const(scale.numpy(), "float32"), axis=-1, epsilon=1e-5), lambda x: x / (x.pow(2).mean(-1, True) + 1e-5).sqrt() * scale.to(x.dtype))
    q = g.op("Reshape", "x", g.const([2, 2, 4, 3]))
    k = g.op("Sin", q)
    v = g.op("Cos", q)
    def attend(x):
        y = x.reshape(2, 2, 4, 3)
        return ((y @ y.sin().transpose(-1, -2)) / math.sqrt(3)).softmax(-1) @ y.cos()
    b.pair(g.op("Attention", q, k, v), attend)


@handmade((1, 6, 4, 5), 18)
def lists_and_outside(b):
    """What PyTorch's newer exporter writes when it may not simplify: chunks as lists, weights beside the model."""
    g = b.g
    w = torch.randn(8, 6, 3, 3)
    h = g.op("Conv", "x", g.outside(w.numpy(), "lists_and_outside.onnx.data"), pads=[1, 1, 1, 1])
    conv = lambda x: F.conv2d(x, w.to(x.dtype), padding=1)
    halves = g.op("SplitToSequence", h, g.const(4), axis=1)
    scale, shift = g.op("SequenceAt", halves, g.const(0)), g.op("SequenceAt", halves, g.const(-1))
    b.pair(g.op("Add", g.op("Mul", scale, g.op("Exp", shift)), shift), lambda x: conv(x)[:, :4] * conv(x)[:, 4:].exp() + conv(x)[:, 4:])
    rows = g.op("SplitToSequence", "x", axis=2, keepdims=0)
    b.pair(g.op("Mul", g.op("SequenceAt", rows, g.const(1)), g.op("SequenceAt", rows, g.const(3))), lambda x: x[:, :, 1] * x[:, :, 3])
    uneven = g.op("SplitToSequence", "x", g.const(4), axis=1)
    b.pair(g.op("ConcatFromSequence", uneven, axis=1), lambda x: x)
    b.pair(g.op("SequenceAt", uneven, g.const(1)), lambda x: x[:, 4:])
