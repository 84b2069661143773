"""Figures, card and held-out assets of the four-stem prior: music_evaluate.py CKPT MODEL.onnx VAL.npz [--settings STEPSxREPEATSxWINDOWS ...] [--assets DIR]

Writes MODEL.json beside the model: held-out denoising SNR at each noise level (the mean estimator's is 0 dB), and SI-SDRi of ProjDiff on
held-out windows of 4 s, one from each song. With --assets, a held-out mixture of 4 s and its stems, a channel each, as 16-bit WAV files.
"""
import argparse
import json
import os
import wave

import numpy as np

from music_export import load
from music_prior import SIGMA_RANGE, STEMS, Windows
from music_render import RATE
from music_separate import heldout, karras, projdiff, scores, session
from music_train import denoising_snr


def separation(denoise, x, steps, repeats):
    """Mean and median SI-SDRi per stem over windows [n,4,L], with the mixture's own SI-SDR."""
    est = np.concatenate([projdiff(denoise, w[None].sum(1, keepdims=True), karras(steps), repeats) for w in x])
    gain, base = scores(est, x)
    table = {s: dict(si_sdri=round(float(np.mean(gain[s])), 2), median=round(float(np.median(gain[s])), 2), mixture_si_sdr=round(float(np.mean(base[s])), 2), windows=len(gain[s])) for s in STEMS}
    return dict(windows=len(x), steps=steps, repeats=repeats, step_size=0.5 / repeats, momentum=0.5, nfe=steps * repeats + 1, mean_si_sdri=round(float(np.mean([table[s]["si_sdri"] for s in STEMS])), 2), **table)


def stage(meta):
    """What the card says of one run of music_train.py."""
    noise = dict(log_normal=dict(p_mean=meta["p_mean"], p_std=meta["p_std"], share=0.9), log_uniform=dict(range=list(SIGMA_RANGE), share=0.1))
    kept = {k: meta[k] for k in ("songs", "steps", "batch", "length", "windows", "seconds", "ema", "loss")}
    return dict(hours_of_four_stems=round(meta["hours"], 2), peak_lr=meta["lr"], noise=noise, **kept)


def write_wav(path, x):
    """x [channels,L] int16."""
    with wave.open(path, "wb") as f:
        f.setnchannels(len(x))
        f.setsampwidth(2)
        f.setframerate(RATE)
        f.writeframes(x.T.astype("<i2").tobytes())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("checkpoint")
    a.add_argument("model")
    a.add_argument("heldout")
    a.add_argument("--windows", type=int, default=16)
    a.add_argument("--settings", nargs="*", default=["30x3x16", "150x5x16"], metavar="STEPSxREPEATSxWINDOWS")
    a.add_argument("--assets")
    a.add_argument("--window", type=int, default=0, help="which of the held-out windows becomes the asset")
    a.add_argument("--before", help="the card of the model that training went on from: its stages come first")
    a.add_argument("--hardware", default="CPU")
    a = a.parse_args()
    model, meta = load(a.checkpoint)
    x = heldout(a.heldout, a.windows, 32768)
    if a.assets:
        stems = np.round(x[a.window] * 32767).astype(np.int16)
        write_wav(os.path.join(a.assets, "music_stems.wav"), stems)
        write_wav(os.path.join(a.assets, "music_mixture.wav"), stems.astype(np.int32).sum(0, keepdims=True))
    denoise, tables = session(a.model), []
    for setting in a.settings:
        steps, repeats, windows = (int(v) for v in setting.split("x"))
        tables.append(separation(denoise, x[:windows], steps, repeats))
        print(json.dumps(tables[-1]), flush=True)
    stages = [stage(meta)]
    if a.before:
        with open(a.before) as f:
            stages = json.load(f)["training"]["stages"] + stages
    name = os.path.splitext(os.path.basename(a.model))[0]
    card = dict(
        name=name, file=os.path.basename(a.model), bytes=os.path.getsize(a.model), inputs=dict(x="float32 [N,4,L]", sigma="float32 [N]"),
        output=dict(x0="float32 [N,4,L], the posterior mean E[x0 | x] for x = x0 + sigma * n"),
        denoodle=dict(predicts="x0", process="ve", conditioning="sigma", sigmaRange=list(SIGMA_RANGE), dataRange=[-1, 1], clamp=[-1, 1], channels=4, multipleOf=64, input="x", timeInput="sigma", output="x0"),
        sampleRate=RATE, stems=list(STEMS),
        parameterisation="EDM (Karras et al. 2022), preconditioning inside the graph: x0 = c_skip x + c_out F(c_in x, ln(sigma)/4); ProjDiff bounds x0 to [-1, 1], which the card's clamp does",
        data_range=[-1, 1], sigma_data=meta["sigma_data"], sigma_range=list(SIGMA_RANGE),
        parameters=meta["parameters"], architecture=meta["config"],
        training=dict(stages=stages, optimiser="AdamW (0.9, 0.99), weight decay 0.01, cosine", precision="bf16 autocast, fp32 weights", hardware=a.hardware),
        denoising_snr_heldout_db=denoising_snr(model, Windows(a.heldout, meta["length"], seed=2).batch(24)),
        separation_heldout=dict(sampler="ProjDiff, sigma 1 to 1e-4, rho 7", windows="of 4.1 s, one from each held-out song", measure="SI-SDRi in dB against the mixture", results=tables),
        shape=[4, "L"], size_note="convolutions over time only, no statistic over the whole window; L a multiple of 64; trained on windows of 1.5 to 2 s",
        data="pieces composed by train/music_compose.py (seeds from 0) and rendered by train/music_render.py with fluidsynth 2.3.1 and FluidR3_GM.sf2 (Debian fluid-soundfont-gm 3.1-5.3)",
        data_licence="MIT: the pieces are the output of this repository's own code, the soundfont is under the MIT licence (Frank Wen, Toby Smithe)",
        weights_licence="MIT", heldout="pieces of the seeds from 100000 on; graphs/assets/music_*.wav",
    )
    with open(os.path.splitext(a.model)[0] + ".json", "w") as f:
        json.dump(card, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
