"""Writes a guided-diffusion checkpoint ("ADM") as NAME.onnx, with its card NAME.json.

    python3 export.py ffhq-256 ffhq_10m.pt ffhq256.onnx
    python3 export.py ffhq-256 --random 1 random256.onnx --reference

Needs torch (tested: 1.13, 2.13) and numpy; `--external` needs the package onnx too (tested: 1.23).
"""
import argparse
import gc
import hashlib
import importlib.util
import json
import os
import sys

import numpy as np
import torch

from unet import CONFIGS, UNet

OPSET = 17
# A protocol buffer, and so an .onnx file, ends here.
MOST_BYTES = 2**31


def main():
    args = arguments()
    config = CONFIGS[args.config]
    if args.checkpoint is not None:
        model, origin = load(config, args.checkpoint)
    else:
        model, origin = untrained(config, args.random), {"random_weights": args.random}
    write(model, args.out, origin, args.external)
    print(f"{args.out}: {count(model) / 1e6:.1f} million parameters, {4 * count(model) / 1e6:.0f} MB")
    if args.reference:
        path = os.path.splitext(args.out)[0] + ".npz"
        write_reference(model, args.size or config.image_size, path)
        print(f"{path}: output and gradient at one input, computed in float64")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", choices=sorted(CONFIGS))
    parser.add_argument("checkpoint", nargs="?", metavar="CHECKPOINT.pt", help="left out with --random")
    parser.add_argument("out", metavar="OUT.onnx")
    parser.add_argument("--random", type=int, metavar="SEED", help="random weights instead of a checkpoint's")
    parser.add_argument("--external", action="store_true", help="weights in OUT.onnx.data; must be above 2 GiB")
    parser.add_argument("--reference", action="store_true", help="writes OUT.npz for `npm run vjp-check FOLDER`")
    parser.add_argument("--size", type=int, help="height and width of the reference (default: what it was trained at)")
    args = parser.parse_args()
    if (args.checkpoint is None) == (args.random is None):
        parser.error("give either a checkpoint or --random SEED")
    return args


def count(model):
    return sum(p.numel() for p in model.parameters())


def load(config, path):
    """The network with a checkpoint's weights: all of them, and no others."""
    model = UNet(config)
    given = torch.load(path, map_location="cpu", weights_only=True)
    wanted = {name: tuple(p.shape) for name, p in model.state_dict().items()}
    found = {name: tuple(p.shape) for name, p in given.items()}
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        listed = "; ".join(f"{name}: {wanted.get(name, 'none')} wanted, {found.get(name, 'none')} there" for name in wrong[:5])
        sys.exit(f"export: {path} is of another configuration; {len(wrong)} weights differ: {listed}")
    model.load_state_dict(given)
    return frozen(model), {"checkpoint": os.path.basename(path), "checkpoint_sha256": sha256(path)}


def untrained(config, seed):
    """Untrained weights. Those of an untrained checkpoint would end in zeros, which test nothing."""
    torch.manual_seed(seed)
    return frozen(UNet(config))


def frozen(model):
    for p in model.parameters():
        p.requires_grad_(False)
    return model.float().eval()


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def write(model, path, origin, external=False):
    """The .onnx file (x [N,3,H,W], t int64 [N] -> output [N,6,H,W]; N, H, W free) and its card."""
    if 4 * count(model) > MOST_BYTES and not external:
        sys.exit("export: the weights do not fit in one .onnx file: add --external")
    if external and importlib.util.find_spec("onnx") is None:
        sys.exit("export: --external needs the package onnx: pip install onnx")
    side = 2 * model.config.multiple_of
    axes = {"x": {0: "N", 2: "H", 3: "W"}, "t": {0: "N"}, "output": {0: "N", 2: "H", 3: "W"}}
    # The exporter of torch 2.9 and later is another one unless told.
    older = {"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}
    torch.onnx.export(model, (torch.zeros(1, 3, side, side), torch.zeros(1, dtype=torch.int64)), path, opset_version=OPSET,
                      input_names=["x", "t"], output_names=["output"], dynamic_axes=axes, **older)
    if external:
        move_weights_out(path)
    with open(os.path.splitext(path)[0] + ".json", "w", encoding="utf-8") as file:
        json.dump(card(model, path, origin), file, indent=1)
        file.write("\n")


def move_weights_out(path):
    """All weights into the one file PATH.data; above 2 GiB the exporter itself writes one a weight, which go."""
    import onnx

    location = os.path.basename(path) + ".data"
    folder = os.path.dirname(os.path.abspath(path))
    shell = onnx.load(path, load_external_data=False)
    scattered = {entry.value for tensor in shell.graph.initializer for entry in tensor.external_data if entry.key == "location"}
    del shell
    model = onnx.load(path)
    for name in scattered | {location}:
        if os.path.exists(os.path.join(folder, name)):
            os.remove(os.path.join(folder, name))
    onnx.save_model(model, path, save_as_external_data=True, location=location, size_threshold=1024)


def card(model, path, origin):
    config = model.config
    size = config.image_size
    return {
        "name": os.path.splitext(os.path.basename(path))[0],
        "file": os.path.basename(path),
        "inputs": {"x": "float32 [N,3,H,W]", "t": "int64 [N], the step's index, 0 to 999"},
        "output": {"output": "float32 [N,6,H,W]: the noise, then the interpolation of log variances"},
        "denoodle": {
            "predicts": "eps",
            "learnedVariance": True,
            "process": "vp-discrete",
            "betas": {"kind": "linear", "from": 1e-4, "to": 2e-2, "steps": 1000},
            "conditioning": "index",
            "dataRange": [-1, 1],
            "channels": 3,
            "multipleOf": config.multiple_of,
            "spatial": [size, size],
            "input": "x",
            "timeInput": "t",
            "output": "output",
        },
        "parameters": count(model),
        "architecture": {"family": "ADM (Dhariwal and Nichol 2021, arXiv:2105.05233)", **vars(config)},
        **origin,
    }


def write_reference(model, size, path):
    """x, t, output, a cotangent v, and v's product with the Jacobian, the last two of these by torch in float64."""
    generator = torch.Generator().manual_seed(0)
    normal = lambda channels: torch.randn(1, channels, size, size, generator=generator)
    x, v, t = normal(3), normal(6), torch.tensor([400])
    gc.collect()
    wide = model.double()
    at = x.double().requires_grad_(True)
    out = wide(at, t)
    (grad,) = torch.autograd.grad(out, at, v.double())
    np.savez_compressed(path, x=x.numpy(), t=t.numpy(), v=v.numpy(), out=out.detach().float().numpy(), vjp_x_f64=grad.numpy())


if __name__ == "__main__":
    main()
