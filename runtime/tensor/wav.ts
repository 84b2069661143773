import type { WaveFile } from "wavefile";
import { issueError, type IssueAt } from "../base/issue.ts";
import { float32, type TensorData } from "./tensor.ts";

/** Sound from a WAV file: float32 [1, channels, samples] in [-1, 1], and samples a second. */
export interface Sound {
  readonly tensor: TensorData;
  readonly sampleRate: number;
}

/**
 * Sound of any bit depth; every channel is a stem.
 *
 * @param Wave the reader of the package `wavefile`, which Node and bundlers import in different ways.
 * @throws IssueError `file.wav`, located at `at`.
 */
export function decodeWav(Wave: typeof WaveFile, bytes: Uint8Array, at: IssueAt): Sound {
  try {
    const wave = new Wave(bytes);
    const { numChannels, sampleRate } = wave.fmt as { numChannels: number; sampleRate: number };
    wave.toBitDepth("32f");
    const interleaved = wave.getSamples(true);
    const length = Math.floor(interleaved.length / numChannels);
    const data = Float32Array.from(
      { length: numChannels * length },
      (_, i) => interleaved[(i % length) * numChannels + Math.floor(i / length)] ?? 0,
    );
    if (length === 0) throw new Error("it holds no samples");
    return { tensor: float32(data, [1, numChannels, length]), sampleRate };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/u, "") : String(error);
    throw issueError("file.wav", `The file is no WAV file that can be read: ${why}.`, at);
  }
}
