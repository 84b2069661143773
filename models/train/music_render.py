"""Render composed pieces to stems: music_render.py SOUNDFONT.sf2 OUT.npz --first SEED --songs N [--programs few|many --workers W]

Each stem is rendered alone by fluidsynth at 32 kHz, made mono, low-passed and decimated to 8 kHz, brought to a level drawn per stem and song
(root mean square over its sounding parts), and the four are scaled together so that |sum of stems| <= 0.9 and |stem| <= 0.9.
OUT.npz: "audio" int16 [4, samples] (32767 is 1), songs one after the other; "start" [songs + 1]; "seed"; "program" [songs, 4].
"""
import argparse
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from music_compose import PROGRAMS, STEMS, compose, midi

RENDER_RATE, RATE = 32000, 8000
LEVEL_DB = {"bass": -22, "drums": -21, "guitar": -23, "piano": -23}


def low_pass(taps=255, cut=3600 / RENDER_RATE):
    n = np.arange(taps) - (taps - 1) / 2
    h = 2 * cut * np.sinc(2 * cut * n) * np.kaiser(taps, 8.0)
    return h / h.sum()


def decimate(x, by=RENDER_RATE // RATE):
    h = low_pass()
    size = 1 << (len(x) + len(h) - 1).bit_length()
    y = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(h, size), size)
    return y[(len(h) - 1) // 2 :][: len(x)][::by]


def render(soundfont, data, reverb):
    """Mono float64 at 8 kHz of a MIDI file's bytes."""
    with tempfile.TemporaryDirectory() as d:
        mid, raw = os.path.join(d, "a.mid"), os.path.join(d, "a.raw")
        open(mid, "wb").write(data)
        wet = ["-R", "1", "-o", f"synth.reverb.level={reverb:.2f}"] if reverb else ["-R", "0"]
        subprocess.run(["fluidsynth", "-niq", "-C", "0", *wet, "-g", "0.4", "-r", str(RENDER_RATE), "-o", "synth.dynamic-sample-loading=1",
                        "-T", "raw", "-O", "float", "-E", "little", "-F", raw, soundfont, mid], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        x = np.fromfile(raw, "<f4").reshape(-1, 2).mean(1)
    return decimate(x.astype(np.float64))


def level(x):
    """Root mean square over the 50 ms frames within 40 dB of the loudest."""
    f = x[: len(x) // 400 * 400].reshape(-1, 400)
    p = (f * f).mean(1)
    return np.sqrt(p[p > p.max() * 1e-4].mean()) if p.max() > 0 else 0.0


def song(soundfont, seed, programs):
    s = compose(seed, programs)
    r = np.random.default_rng([seed, 1])
    reverb = float(r.choice([0, 0, 0.2, 0.4]))
    stems = []
    for name in STEMS:
        x, gain = render(soundfont, midi(s, name), reverb), 10 ** ((LEVEL_DB[name] + r.normal(0, 3)) / 20)
        e = level(x)
        stems.append(x * gain / e if e > 0 else x)
    n = max(map(len, stems))
    x = np.stack([np.pad(t, (0, n - len(t))) for t in stems])
    x *= min(1.0, 0.9 / max(np.abs(x.sum(0)).max(), np.abs(x).max()))
    return seed, [s.programs[k] for k in STEMS], np.round(x * 32767).astype(np.int16)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("soundfont")
    a.add_argument("out")
    a.add_argument("--first", type=int, default=0)
    a.add_argument("--songs", type=int, default=200)
    a.add_argument("--programs", choices=sorted(PROGRAMS), default="few")
    a.add_argument("--workers", type=int, default=1)
    a = a.parse_args()
    with ThreadPoolExecutor(a.workers) as pool:
        done = list(pool.map(lambda k: song(a.soundfont, a.first + k, a.programs), range(a.songs)))
    start = np.cumsum([0] + [d[2].shape[1] for d in done])
    audio = np.concatenate([d[2] for d in done], 1)
    np.savez(a.out, audio=audio, start=start, seed=np.array([d[0] for d in done]), program=np.array([d[1] for d in done]))
    rms = [float(np.sqrt(np.mean((row[::7] / np.float32(32767)) ** 2))) for row in audio]
    print(f"{a.songs} songs, {start[-1] / RATE / 60:.1f} minutes, root mean square", " ".join(f"{k} {v:.4f}" for k, v in zip(STEMS, rms)))


if __name__ == "__main__":
    main()
