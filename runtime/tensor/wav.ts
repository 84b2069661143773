// oxlint-disable-next-line import/default -- a CommonJS package: its types name no default
import wavefile from "wavefile";
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
 * @throws IssueError `file.wav`, located at `at`.
 */
export function decodeWav(bytes: Uint8Array, at: IssueAt): Sound {
  try {
    const wave = new wavefile.WaveFile(bytes);
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
