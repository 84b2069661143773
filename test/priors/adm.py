"""Trains adm16.onnx, an ADM network of 16 x 16 pixels, and writes its card adm16.json and its arrays adm16.npz.

It is the network of models/adm in small, trained for minutes on made-up pictures, so that it is a denoiser and
`denoodle prior check` can tell. The .npz holds x, t, out, v, vjp_x_f64 (see models/adm/export.py) and `pictures`,
four that it was not trained on. Its learned variance is untrained. Needs torch and numpy:

    python3 adm.py [STEPS]
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../models/adm"))

from export import frozen, write, write_reference
from unet import CONFIGS, UNet

SIDE = 16


def pictures(count):
    """[count,3,16,16] in [-1,1]: a smooth field of colours with a disc of one colour before it."""
    smooth = torch.tanh(1.2 * F.interpolate(torch.randn(count, 3, 4, 4), size=SIDE, mode="bicubic", align_corners=True))
    axis = torch.arange(SIDE, dtype=torch.float32)
    row, column = (SIDE * torch.rand(2, count, 1, 1, 1)).unbind(0)
    distance = torch.sqrt((axis[None, None, :, None] - row) ** 2 + (axis - column) ** 2)
    cover = torch.clamp(2 + 4 * torch.rand(count, 1, 1, 1) - distance, 0, 1)
    return cover * (2 * torch.rand(count, 3, 1, 1) - 1) + (1 - cover) * smooth


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 800
    torch.manual_seed(16)
    torch.set_num_threads(1)
    heldout = pictures(4)
    alpha_bars = torch.cumprod(1 - torch.linspace(1e-4, 2e-2, 1000, dtype=torch.float64), 0).float()
    model = UNet(CONFIGS["tiny-16"])
    optimiser = torch.optim.Adam(model.parameters(), 2e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    mean = 0
    for step in range(steps):
        clean, t = pictures(32), torch.randint(1000, (32,))
        bar = alpha_bars[t][:, None, None, None]
        noise = torch.randn_like(clean)
        predicted = model(bar.sqrt() * clean + (1 - bar).sqrt() * noise, t)[:, :3]
        loss = F.mse_loss(predicted, noise)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        mean += (loss.item() - mean) / min(step + 1, 100)
        if step % 100 == 99:
            print(f"{step + 1}: loss {mean:.4f}", flush=True)
    path = os.path.join(HERE, "adm16")
    write(frozen(model), path + ".onnx", {"data": "made-up pictures: test/priors/adm.py", "steps": steps})
    write_reference(model, SIDE, path + ".npz")
    with np.load(path + ".npz") as arrays:
        np.savez_compressed(path + ".npz", pictures=heldout.numpy(), **arrays)


main()
