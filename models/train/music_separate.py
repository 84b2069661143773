"""Separate held-out mixtures by ProjDiff and report SI-SDRi: music_separate.py MODEL.onnx VAL.npz [--windows 12 --steps 30 --repeats 3 ...]

ProjDiff (arXiv:2406.06959, its noise-free branch): at each level noise the estimate, denoise it, move towards the result with momentum, and
project on stems that sum to the mixture. The levels are Karras et al.'s, sigma_max to sigma_min, rho 7.
SI-SDRi: scale-invariant signal-to-distortion ratio of the estimate less that of the mixture, per stem, over 4 s windows; as in the authors'
evaluation 1e-8 guards every quotient. Windows with fewer than two sounding stems are passed over, and a silent stem has no ratio.
"""
import argparse

import numpy as np

from music_prior import STEMS, Windows

EPS = 1e-8


def si_sdr(estimate, target):
    """dB, for [L] each."""
    a = (estimate @ target + EPS) / (target @ target + EPS)
    e = a * target - estimate
    return 10 * np.log10((a * a * (target @ target) + EPS) / (e @ e + EPS))


def karras(steps, hi=1.0, lo=1e-4, rho=7.0):
    t = np.linspace(0, 1, steps)
    return (hi ** (1 / rho) + t * (lo ** (1 / rho) - hi ** (1 / rho))) ** rho


def projdiff(denoise, y, sigmas, repeats=5, step=None, momentum=0.5, seed=0):
    """y [N,1,L], the sum of four stems; returns [N,4,L]. denoise(x, sigma) is clamped to [-1,1]; step defaults to 0.5 / repeats."""
    r, shape = np.random.default_rng(seed), (y.shape[0], len(STEMS), y.shape[2])
    noise = lambda: r.standard_normal(shape, np.float32)
    d = lambda x, s: np.clip(denoise(x, s), -1, 1)
    lr, v, x0 = step if step is not None else 0.5 / repeats, None, None
    for s in sigmas:
        for _ in range(repeats):
            if x0 is None:
                p, x0 = d(s * noise(), s), d(noise(), s)
            else:
                p = d(x0 + s * noise(), s)
            v = p - x0 if v is None else momentum * v + (1 - momentum) * (p - x0)
            x0 = x0 + lr * v
            x0 = x0 + (y - x0.sum(1, keepdims=True)) / len(STEMS)
    return x0


def scores(estimate, stems):
    """{stem: [SI-SDRi]} and the mixtures' own SI-SDR, over [N,4,L] each."""
    gain, base = {s: [] for s in STEMS}, {s: [] for s in STEMS}
    for e, x in zip(estimate.astype(np.float64), stems.astype(np.float64)):
        sounding = (x * x).mean(1) > 1e-6
        if sounding.sum() < 2:
            continue
        for k, name in enumerate(STEMS):
            if sounding[k]:
                b = si_sdr(x.sum(0), x[k])
                base[name].append(b)
                gain[name].append(si_sdr(e[k], x[k]) - b)
    return gain, base


def heldout(path, n, length, seed=5):
    """n windows that are not altered in gain, [n,4,length]; one from each song in turn, as long as they last."""
    w, r = Windows(path, length), np.random.default_rng(seed)
    out = []
    for k in range(n):
        i = k % (len(w.start) - 1)
        at = int(r.integers(w.start[i] + length, w.start[i + 1] - 4 * length))
        out.append(w.audio[:, at : at + length] / np.float32(32767))
    return np.stack(out).astype(np.float32)


def session(path, threads=1):
    import onnxruntime as ort
    o = ort.SessionOptions()
    o.intra_op_num_threads = threads
    s = ort.InferenceSession(path, o)
    return lambda x, sigma: s.run(None, {"x": x.astype(np.float32), "sigma": np.full(len(x), sigma, np.float32)})[0]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("model")
    a.add_argument("heldout")
    a.add_argument("--windows", type=int, default=12)
    a.add_argument("--length", type=int, default=32768)
    a.add_argument("--steps", type=int, default=150)
    a.add_argument("--repeats", type=int, default=5)
    a.add_argument("--step", type=float)
    a.add_argument("--momentum", type=float, default=0.5)
    a.add_argument("--high", type=float, default=1.0)
    a.add_argument("--low", type=float, default=1e-4)
    a = a.parse_args()
    x = heldout(a.heldout, a.windows, a.length)
    denoise = session(a.model)
    one = lambda y: projdiff(denoise, y, karras(a.steps, a.high, a.low), a.repeats, a.step, a.momentum)
    gain, base = scores(np.concatenate([one(x[k : k + 1].sum(1, keepdims=True)) for k in range(len(x))]), x)
    for s in STEMS:
        print(f"{s:7s} SI-SDRi {np.mean(gain[s]):6.2f} dB (mixture {np.mean(base[s]):6.2f}), median {np.median(gain[s]):6.2f}, {len(gain[s])} windows")
    print(f"mean    SI-SDRi {np.mean([np.mean(gain[s]) for s in STEMS]):6.2f} dB")


if __name__ == "__main__":
    main()
