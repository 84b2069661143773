import { extname } from "node:path";
// oxlint-disable-next-line import/default -- a CommonJS package: its types name no default
import wavefile from "wavefile";
import { issueError } from "../../runtime/base/issue.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { readBytes, writeBytes } from "./bytes.ts";

/** Sound from a WAV file: float32 [1, channels, samples] in [-1, 1], and samples a second. */
export interface Sound {
  readonly tensor: TensorData;
  readonly sampleRate: number;
}

export const isWav = (path: string): boolean => extname(path).toLowerCase() === ".wav";

/**
 * Reads a WAV file of any bit depth; every channel is a stem.
 *
 * @throws IssueError `file.missing`, `file.read`, `file.wav`, located at the path.
 */
export async function readWav(path: string): Promise<Sound> {
  const bytes = await readBytes(path);
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
    throw issueError("file.wav", `The file is no WAV file that can be read: ${why}.`, {
      path: [path],
    });
  }
}

/** Writes one row of a [1, channels, samples] tensor as 16 bit PCM; what is beyond ±1 is cut off. */
export async function writeWav(
  path: string,
  samples: ArrayLike<number>,
  sampleRate: number,
): Promise<void> {
  const wave = new wavefile.WaveFile();
  const pcm = Int16Array.from(samples, (v) => Math.round(32767 * Math.min(1, Math.max(-1, v))));
  wave.fromScratch(1, sampleRate, "16", pcm);
  await writeBytes(path, wave.toBuffer());
}
