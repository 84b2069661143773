import { extname } from "node:path";
// oxlint-disable-next-line import/default -- a CommonJS package: its types name no default
import wavefile from "wavefile";
import { decodeWav, type Sound } from "../../runtime/tensor/wav.ts";
import { readBytes, writeBytes } from "./bytes.ts";

export const isWav = (path: string): boolean => extname(path).toLowerCase() === ".wav";

/**
 * Reads a WAV file of any bit depth; every channel is a stem.
 *
 * @throws IssueError `file.missing`, `file.read`, `file.wav`, located at the path.
 */
export async function readWav(path: string): Promise<Sound> {
  return readWavBytes(await readBytes(path), path);
}

/** `readWav` of bytes that were read before; `path` is for messages. */
export function readWavBytes(bytes: Uint8Array, path: string): Sound {
  return decodeWav(wavefile.WaveFile, bytes, { path: [path] });
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
