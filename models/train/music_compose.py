"""Compose four-part pieces (bass, drums, guitar, piano) from a seed, and write them as Standard MIDI Files.

compose(seed, programs) -> Song. Times are in beats (quarter notes), pitches are MIDI note numbers, velocities 1..127. Everything is drawn from
numpy's PCG64 generator of that seed, so a seed names a piece. No existing music enters: chords are walks over a table of common moves,
figures are drawn note by note or from small rhythm tables.
"""
import struct
from dataclasses import dataclass

import numpy as np

STEMS = ("bass", "drums", "guitar", "piano")
# General MIDI programs, counted from 0; for drums the kits of the percussion bank. "few": fingered and picked electric bass; standard, room and
# power kit; steel-string, clean electric and overdriven guitar; grand and bright piano. "many": all of the family
PROGRAMS = {
    "few": {"bass": (33, 34), "drums": (0, 8, 16), "guitar": (25, 27, 29), "piano": (0, 1)},
    "many": {"bass": tuple(range(32, 40)), "drums": (0, 8, 16, 24, 25, 32, 40), "guitar": tuple(range(24, 31)), "piano": tuple(range(8))},
}
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10), "dorian": (0, 2, 3, 5, 7, 9, 10), "mixolydian": (0, 2, 4, 5, 7, 9, 10)}
# from each degree (0 = tonic) the degrees that may follow
MOVES = {0: (3, 4, 5, 1, 2, 6, 0), 1: (4, 4, 6, 3), 2: (5, 3, 1), 3: (0, 4, 1, 5, 3), 4: (0, 0, 5, 3), 5: (3, 1, 4, 2, 6), 6: (0, 5, 2)}
# rows of sixteenths; digits are loudness in ninths
KICKS = ("9000000090000000", "9000009090000000", "9009000090090000", "9000900090009000", "9000000690900000", "9006009000960000", "9000000000900060", "9090000090900000")
SNARES = ("0000900000009000", "0000900000009003", "0000900300309000", "0000000090000000", "0000900000009090", "0020902002009020", "0000500000005000")
HATS = ("7050705070507050", "7353735373537353", "7000700070007000", "0070007000700070", "7005700570057005", "9030605090306050", "0000000000000000")
BASSES = ("9000000070000000", "9000700090007000", "9070707090707070", "9007009000700070", "9000009070000070", "9079007090790070", "9000000000000000", "9000007000900070", "0090009000900090")
STRUMS = ("9000000000000000", "9000703090007030", "9030703090307030", "0000900000009000", "9007007090070070", "0090009000900090", "9000900090009000", "9000000090000000")


@dataclass
class Song:
    """notes[stem]: rows (start, length, pitch, velocity) in beats; programs[stem]: General MIDI program or kit."""

    seed: int
    tempo: float
    beats: float
    notes: dict
    programs: dict


def row(text, beats):
    """[(time in beats, loudness 0..1)] of a rhythm row, cut to a bar of that many beats."""
    return [(i / 4, int(c) / 9) for i, c in enumerate(text) if c != "0" and i < 4 * beats]


class Writer:
    def __init__(self, seed):
        self.r = np.random.default_rng(seed)
        self.notes = {s: [] for s in STEMS}
        self.swing = float(self.r.choice([0, 0, 0, 0.08, 0.16]))

    def pick(self, options):
        return options[int(self.r.integers(len(options)))]

    def add(self, stem, at, length, pitch, loud):
        """A note, late on off-beat eighths by the swing, early or late by some milliseconds, louder or softer by a little."""
        if abs(at % 1 - 0.5) < 1e-6:
            at += self.swing
        at = max(0.0, at + self.r.normal(0, 0.008))
        v = int(np.clip(127 * (0.25 + 0.75 * loud) + self.r.normal(0, 6), 8, 127))
        self.notes[stem].append((at, max(0.06, length), int(np.clip(pitch, 24, 103)), v))


def chord_tones(scale, tonic, degree, seventh):
    """Pitch classes of the chord built in thirds on a degree of the scale."""
    return [(tonic + scale[(degree + k) % 7]) % 12 for k in ((0, 2, 4, 6) if seventh else (0, 2, 4))]


def near(pitch_class, centre):
    """The pitch of a class that is nearest to a centre."""
    return centre + (pitch_class - centre + 6) % 12 - 6


def voicing(tones, centre):
    """The chord in close position about a centre, low to high."""
    out = sorted(near(t, centre) for t in tones)
    return out


def drums(w, at, beats, style, fill):
    for pitch, text in ((style["kick_note"], style["kick"]), (style["snare_note"], style["snare"])):
        for t, loud in row(text, beats):
            if not (fill and t >= beats - 1) and w.r.random() > 0.04:
                w.add("drums", at + t, 0.2, pitch, loud)
    for t, loud in row(style["hat"], beats):
        if w.r.random() > 0.06:
            open_hat = style["hat_note"] == 42 and w.r.random() < 0.05
            w.add("drums", at + t, 0.2, 46 if open_hat else style["hat_note"], loud * style["hat_gain"])
    if style["percussion"]:
        for t, loud in row(style["percussion_row"], beats):
            w.add("drums", at + t, 0.2, style["percussion"], 0.7 * loud)
    if fill:
        toms = (50, 48, 47, 45, 43, 41, 38)
        for k in range(4):
            if w.r.random() < 0.85:
                w.add("drums", at + beats - 1 + k / 4, 0.2, toms[min(len(toms) - 1, k + int(w.r.integers(0, 3)))], 0.6 + 0.1 * k)


def drum_style(w):
    return {
        "kick": w.pick(KICKS), "snare": w.pick(SNARES), "hat": w.pick(HATS), "kick_note": w.pick((35, 36, 36)), "snare_note": w.pick((38, 38, 40, 37, 39)),
        "hat_note": w.pick((42, 42, 42, 44, 51, 51, 53, 59)), "hat_gain": float(w.r.uniform(0.4, 0.9)),
        "percussion": w.pick((0, 0, 0, 54, 56, 62, 63, 64, 70, 75, 82)), "percussion_row": w.pick(HATS + STRUMS),
    }


def bass(w, at, beats, tones, following, style):
    low = near(tones[0], style["centre"])
    if style["kind"] == "walk":
        line = [low] + [near(w.pick(tones), style["centre"]) for _ in range(int(beats) - 2)]
        goal = near(following[0], style["centre"])
        line.append(goal + w.pick((-1, 1, -2, 2)))
        for k, p in enumerate(line[: int(beats)]):
            w.add("bass", at + k, 0.9, p, 0.8)
        return
    hits = row(style["row"], beats)
    for k, (t, loud) in enumerate(hits):
        gap = (hits[k + 1][0] if k + 1 < len(hits) else beats) - t
        p = low
        if style["kind"] == "fifths" and k % 2:
            p = near(tones[2], style["centre"])
        elif style["kind"] == "octaves" and k % 2:
            p = low + 12
        elif style["kind"] == "free" and k and w.r.random() < 0.5:
            p = near(w.pick(tones), style["centre"])
        w.add("bass", at + t, gap * style["held"], p, loud)


def bass_style(w):
    return {"kind": w.pick(("root", "root", "fifths", "octaves", "free", "walk")), "row": w.pick(BASSES), "centre": int(w.r.integers(33, 43)), "held": float(w.r.uniform(0.4, 0.98))}


def melody(w, stem, at, beats, pool, centre, state, held):
    """A line that mostly moves by step over a pool of pitch classes."""
    pitches = sorted({near(p, centre + o) for p in pool for o in (-12, -6, 0, 6, 12)})
    t = 0.0
    while t < beats - 1e-6:
        length = min(float(w.pick((0.25, 0.5, 0.5, 0.5, 1, 1, 1.5, 2))), beats - t)
        if w.r.random() > 0.15:
            i = state.get(stem, len(pitches) // 2) + int(w.r.integers(-2, 3))
            i = state[stem] = int(np.clip(i, 0, len(pitches) - 1))
            w.add(stem, at + t, length * held, pitches[i], float(w.r.uniform(0.55, 1)))
        t += length


def harmony(w, stem, at, beats, tones, scale_tones, style, state):
    """Guitar or piano for one bar: strummed or struck chords, broken chords, a melody, or power chords."""
    notes = voicing(tones, style["centre"])
    if style["kind"] == "melody":
        melody(w, stem, at, beats, scale_tones, style["centre"] + 7, state, style["held"])
        return
    if style["kind"] == "broken":
        notes = notes + [n + 12 for n in notes[: style["extra"]]]
        order = {"up": notes, "down": notes[::-1], "wave": notes + notes[-2:0:-1]}.get(style["order"]) or [notes[int(i)] for i in w.r.permutation(len(notes))]
        step = style["step"]
        for k in range(int(beats / step)):
            if w.r.random() > 0.05:
                w.add(stem, at + k * step, step * (1 + 2 * style["held"]), order[k % len(order)], 0.75 if k % 2 else 0.9)
        if stem == "piano" and style["left"]:
            w.add(stem, at, beats * 0.95, near(tones[0], style["left"]), 0.7)
        return
    if style["kind"] == "power":
        root = near(tones[0], 43)
        notes = [root, root + 7, root + 12]
    hits = row(style["row"], beats)
    for k, (t, loud) in enumerate(hits):
        gap = (hits[k + 1][0] if k + 1 < len(hits) else beats) - t
        order = notes if k % 2 == 0 else notes[::-1]
        for j, n in enumerate(order):
            w.add(stem, at + t + j * style["spread"], gap * style["held"], n, loud * (1 if j else 0.95))
        if stem == "piano" and style["left"] and k == 0:
            for n in (style["left"], style["left"] + 12):
                w.add(stem, at, beats * 0.9, near(tones[0], n), 0.75)


def harmony_style(w, stem):
    guitar = stem == "guitar"
    return {
        "kind": w.pick(("chords", "chords", "broken", "broken", "melody", "power") if guitar else ("chords", "chords", "broken", "broken", "melody")),
        "row": w.pick(STRUMS), "centre": int(w.r.integers(50, 62) if guitar else w.r.integers(54, 74)), "held": float(w.r.uniform(0.3, 0.98)),
        "spread": float(w.r.uniform(0.01, 0.05)) if guitar else float(w.pick((0, 0, 0, 0.02))), "extra": int(w.r.integers(0, 3)),
        "order": w.pick(("up", "down", "wave", "any")), "step": float(w.pick((0.25, 0.5, 0.5, 0.5, 1))), "left": int(w.pick((0, 36, 40, 43))),
    }


def compose(seed, programs="few", bars=24):
    w = Writer(seed)
    scale = SCALES[w.pick(("major", "major", "minor", "minor", "dorian", "mixolydian"))]
    tonic, tempo = int(w.r.integers(12)), float(w.r.uniform(72, 168))
    beats = float(w.pick((4, 4, 4, 4, 3)))
    seventh, per_section = bool(w.r.random() < 0.4), int(w.pick((4, 4, 8)))
    chords, state, at = [], {}, 0.0
    pentatonic = [(tonic + scale[d]) % 12 for d in ((0, 1, 2, 4, 5) if scale[2] == 4 else (0, 2, 3, 4, 6))]
    full = [(tonic + s) % 12 for s in scale]
    for bar in range(bars):
        if bar % per_section == 0:
            if not chords or w.r.random() < 0.5:
                degree, chords = 0, []
                for _ in range(per_section + 1):
                    chords.append(degree)
                    degree = w.pick(MOVES[degree])
            sd, sb, sg, sp = drum_style(w), bass_style(w), harmony_style(w, "guitar"), harmony_style(w, "piano")
            pool = w.pick((pentatonic, full))
            silent = {s for s in STEMS if w.r.random() < 0.1}
            if len(silent) > 2:
                silent = set()
            if "drums" not in silent and w.r.random() < 0.6:
                w.add("drums", at, 1, w.pick((49, 57, 55)), 0.7)
        tones = chord_tones(scale, tonic, chords[bar % per_section], seventh)
        following = chord_tones(scale, tonic, chords[bar % per_section + 1], seventh)
        if "drums" not in silent:
            drums(w, at, beats, sd, fill=(bar + 1) % per_section == 0 and w.r.random() < 0.7)
        if "bass" not in silent:
            bass(w, at, beats, tones, following, sb)
        for stem, style in (("guitar", sg), ("piano", sp)):
            if stem not in silent:
                harmony(w, stem, at, beats, tones, pool, style, state)
        at += beats
    return Song(seed, tempo, at, w.notes, {s: int(w.pick(PROGRAMS[programs][s])) for s in STEMS})


def variable_length(n):
    out = bytes([n & 127])
    while n := n >> 7:
        out = bytes([n & 127 | 128]) + out
    return out


def midi(song, stem, ticks=480):
    """One stem as a Standard MIDI File of type 0; drums on channel 10."""
    channel = 9 if stem == "drums" else 0
    events = [(0, 0, struct.pack(">BBB", 0xFF, 0x51, 3) + round(6e7 / song.tempo).to_bytes(3, "big")), (0, 1, bytes([0xC0 | channel, song.programs[stem]]))]
    for start, length, pitch, velocity in song.notes[stem]:
        events.append((round(start * ticks), 3, bytes([0x90 | channel, pitch, velocity])))
        events.append((round((start + length) * ticks), 2, bytes([0x80 | channel, pitch, 0])))
    end = round((song.beats + 2) * ticks)
    body, now = b"", 0
    for t, _, data in sorted(events):
        body += variable_length(t - now) + data
        now = t
    body += variable_length(max(0, end - now)) + b"\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, ticks) + b"MTrk" + struct.pack(">I", len(body)) + body
