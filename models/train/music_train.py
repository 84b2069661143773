"""Train the four-stem prior: music_train.py --data TRAIN.npz --heldout VAL.npz --out DIR --minutes M [--batch 8 --length 16384]

TRAIN.npz and VAL.npz are what music_render.py writes. The learning rate follows the wall clock (warm-up, then cosine to 1 %), so a run always
ends annealed at --minutes, or the step count where --steps is given. The EMA weights are saved every --save_s, with the held-out
denoising signal-to-noise ratio at each noise level.
"""
import argparse
import copy
import json
import math
import os
import time

import numpy as np
import torch

from music_prior import CONFIG, Denoiser, Windows, draw_sigma, edm_loss

SIGMAS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0]


@torch.no_grad()
def denoising_snr(model, x0, seed=0):
    """[{sigma, snr, noisy_snr}] in dB: energy of the stems over that of the error, summed over windows and stems."""
    g, rows = torch.Generator().manual_seed(seed), []
    for s in SIGMAS:
        error = noise = 0.0
        for x in x0.split(8):
            n = s * torch.randn(x.shape, generator=g)
            error += float(((model(x + n, torch.full((len(x),), s)) - x) ** 2).sum())
            noise += float((n * n).sum())
        power = float((x0 * x0).sum())
        rows.append(dict(sigma=s, snr=round(10 * math.log10(power / error), 2), noisy_snr=round(10 * math.log10(power / noise), 2)))
    return rows


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--heldout", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--minutes", type=float, default=90)
    a.add_argument("--steps", type=int, default=0)
    a.add_argument("--batch", type=int, default=8)
    a.add_argument("--length", type=int, default=16384)
    a.add_argument("--lr", type=float, default=1.2e-3)
    a.add_argument("--p_mean", type=float, default=-2.7)
    a.add_argument("--p_std", type=float, default=1.6)
    a.add_argument("--ema", type=float, default=0.999)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--save_s", type=float, default=600)
    a.add_argument("--device", default="cpu")
    a.add_argument("--start", help="a .pt to continue from (its EMA weights)")
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    os.makedirs(a.out, exist_ok=True)
    data, heldout = Windows(a.data, a.length), Windows(a.heldout, a.length, seed=2).batch(24)
    sd = data.sigma_data()
    model = Denoiser(CONFIG, sd)
    if a.start:
        model.load_state_dict(torch.load(a.start, map_location="cpu", weights_only=True)["ema"])
    model = model.to(a.device).to(memory_format=torch.channels_last)
    ema = copy.deepcopy(model).requires_grad_(False)
    params, eparams = list(model.parameters()), list(ema.parameters())
    count = sum(p.numel() for p in params)
    print(f"{count} parameters, sigma_data {sd:.4f}, {data.start[-1] / 8000 / 3600:.2f} h of four stems", flush=True)
    opt = torch.optim.AdamW(params, lr=a.lr, betas=(0.9, 0.99), weight_decay=0.01)
    t0 = last = time.time()
    step, hist, run = 0, [], []

    def save():
        snr = denoising_snr(copy.deepcopy(ema).to("cpu"), heldout)
        print("held out, dB:", " ".join(f"{r['sigma']:g}:{r['snr']}" for r in snr), flush=True)
        meta = dict(config=CONFIG, sigma_data=sd, parameters=count, steps=step, windows=step * a.batch, seconds=round(time.time() - t0), hours=float(data.start[-1] / 8000 / 3600),
                    songs=len(data.start) - 1, batch=a.batch, length=a.length, lr=a.lr, p_mean=a.p_mean, p_std=a.p_std, ema=a.ema, loss=hist[-1]["loss"] if hist else None,
                    snr=snr, history=hist)
        tmp = os.path.join(a.out, "tmp.pt")
        torch.save(dict(ema=ema.state_dict(), model=model.state_dict(), meta=meta), tmp)
        os.replace(tmp, os.path.join(a.out, "music.pt"))
        with open(os.path.join(a.out, "music.train.json"), "w") as f:
            json.dump(meta, f)

    while True:
        done = step / a.steps if a.steps else (time.time() - t0) / (60 * a.minutes)
        if done >= 1:
            break
        lr = a.lr * min(1, (step + 1) / 200) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))
        for g in opt.param_groups:
            g["lr"] = lr
        loss = edm_loss(model, data.batch(a.batch).to(a.device), draw_sigma(a.batch, a.p_mean, a.p_std).to(a.device), bf16=True).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        d = min(a.ema, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(eparams, params, 1 - d)
        run.append(float(loss.detach()))
        if step % 50 == 0:
            hist.append(dict(step=step, t=round(time.time() - t0, 1), loss=round(float(np.mean(run)), 5), lr=lr))
            run = []
            print(f"step {step} t {time.time() - t0:.0f}s loss {hist[-1]['loss']:.4f} lr {lr:.2e}", flush=True)
        if time.time() - last > a.save_s:
            save()
            last = time.time()
    save()
    print("done", step, flush=True)


if __name__ == "__main__":
    main()
