// A process of its own, run by ort-devices-node.ts: a driver that crashes takes this process down, not the host.
// Arguments: the file of onnxruntime-node, a provider, cpu threads, a model in base64. Prints one line of JSON:
// { y, ms, cpuMs } or { error }.
import { pathToFileURL } from "node:url";

const [, , file, provider, threads, model] = process.argv;

/** The model's answer, and the milliseconds of its fastest run, of up to three in a third of a second. */
async function measure({ InferenceSession, Tensor }, executionProviders) {
  const options = { executionProviders, intraOpNumThreads: Number(threads), logSeverityLevel: 4 };
  const session = await InferenceSession.create(Buffer.from(model, "base64"), options);
  const s = new Tensor("float32", [1], []);
  // The first run also compiles shaders; it is not timed.
  await session.run({ s });
  const times = [];
  let y = 0;
  const begin = performance.now();
  while (times.length < 3 && performance.now() - begin < 300) {
    const start = performance.now();
    y = Number((await session.run({ s })).y.data[0]);
    times.push(performance.now() - start);
  }
  return { y, ms: Math.min(...times) };
}

async function probe() {
  try {
    const ort = await import(pathToFileURL(file).href);
    ort.env.logLevel = "fatal";
    const { y, ms } = await measure(ort, [provider, "cpu"]);
    const { ms: cpuMs } = await measure(ort, ["cpu"]);
    return { y, ms, cpuMs };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const result = await probe();
process.stdout.write(`${JSON.stringify(result)}\n`);
