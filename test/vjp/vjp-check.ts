import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { replay } from "./replay.ts";

/** What a relative deviation of the gradient must stay under: float32 noise is 1e-5, a wrong rule 1e-2. */
const tolerance = 1e-4;

/** Replays every NAME.onnx of a folder with NAME.npz (and NAME.alt.npz); returns how many failed. */
export async function checkFolder(folder: string, print: (line: string) => void): Promise<number> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".onnx"))
    .map((file) => file.slice(0, -5))
    .sort();
  let [passed, failed] = [0, 0];
  for (const name of names) {
    const onnx = join(folder, `${name}.onnx`);
    const arrays = [`${name}.npz`, `${name}.alt.npz`]
      .map((file) => join(folder, file))
      .filter((path) => existsSync(path));
    let good = arrays.length > 0;
    if (!good) print(`${name}: FAILED there is no .npz beside it`);
    // One after the other: a large network fills the memory by itself.
    for (const npz of arrays) {
      const line = await verdict(onnx, npz);
      good &&= line.startsWith("ok");
      print(`${name}${npz.endsWith(".alt.npz") ? " (alt)" : ""}: ${line}`);
    }
    if (good) passed += 1;
    else failed += 1;
  }
  print(`${passed} passed, ${failed} failed`);
  return failed;
}

async function verdict(onnx: string, npz: string): Promise<string> {
  try {
    const { output, vjp } = await replay(onnx, npz);
    const numbers = `output ${output.toExponential(1)}, vjp ${vjp.toExponential(1)}`;
    return vjp <= tolerance
      ? `ok     ${numbers}`
      : `FAILED ${numbers}; the vjp must be within ${tolerance}`;
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return `FAILED ${sentence.replaceAll(/\s+/g, " ")}`;
  }
}

const [, script, folder] = process.argv;
if (script !== undefined && script.endsWith("vjp-check.ts")) {
  if (folder === undefined || !existsSync(folder)) {
    const missing = folder === undefined ? "" : `vjp-check: there is no folder ${folder}\n`;
    process.stderr.write(`${missing}usage: vjp-check FOLDER\n`);
    process.exitCode = 2;
  } else {
    const failed = await checkFolder(folder, (line) => {
      process.stdout.write(`${line}\n`);
    });
    process.exitCode = failed === 0 ? 0 : 1;
  }
}
