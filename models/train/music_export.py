"""Export a checkpoint's EMA weights to ONNX: music_export.py CKPT OUT.onnx. Inputs x [N,4,L], sigma [N]; output x0 [N,4,L]; N and L dynamic.
Only ONNX primitives are emitted."""
import sys

import torch

from music_prior import Denoiser, Norm


def load(path):
    z = torch.load(path, map_location="cpu", weights_only=True)
    m = Denoiser(z["meta"]["config"], z["meta"]["sigma_data"])
    m.load_state_dict(z["ema"])
    return m.eval().requires_grad_(False), z["meta"]


def main(ckpt, out, opset=17):
    # the exporter's last step only adds onnxscript functions (none here) and needs the onnx package: skip it
    try:
        from torch.onnx._internal.torchscript_exporter import onnx_proto_utils as u
        u._add_onnxscript_fn = lambda b, c: b
    except ImportError:
        pass
    model, _ = load(ckpt)
    for m in model.modules():
        if isinstance(m, Norm):
            m.export = True
    x, s = torch.randn(2, 4, 4096), torch.tensor([0.3, 5.0])
    axes = {"x": {0: "N", 2: "L"}, "sigma": {0: "N"}, "x0": {0: "N", 2: "L"}}
    torch.onnx.export(model, (x, s), out, opset_version=int(opset), input_names=["x", "sigma"], output_names=["x0"], dynamic_axes=axes, dynamo=False, do_constant_folding=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
