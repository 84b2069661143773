import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startEngineProcess } from "../../cli/engine/engine-process.ts";

const script = fileURLToPath(new URL("support/counting-engine.mjs", import.meta.url));

function startEngine() {
  const engine = startEngineProcess({ script });
  onTestFinished(() => engine.kill());
  return (seed: number) =>
    engine.run({
      compile: {
        document: { denoodle: 1, name: "x", inputs: {}, graph: {}, outputs: {}, blocks: {} },
        feeds: {},
        batch: 1,
        assets: { tensors: new Map(), models: new Map() },
      },
      options: { backend: "cpu", seed },
    });
}

test("who stops listening to a run cancels it", async () => {
  const run = startEngine();
  for (const cancelledBefore of ["0", "1", "2"])
    for await (const event of run(0)) {
      expect(event).toMatchObject({ type: "started", chosen: cancelledBefore });
      break;
    }
});

test("an engine that sends what is no event fails the run, in words", async () => {
  const events = startEngine()(1);
  expect((await events.next()).value).toMatchObject({ type: "started" });
  await expect(events.next()).rejects.toThrow("what is no event: its field event.type");
});

test("a request that cannot be sent fails at once", async () => {
  const engine = startEngineProcess({ script });
  onTestFinished(() => engine.kill());
  const options = { backend: "cpu", seed: 0, probes: (() => {}) as unknown as string[] } as const;
  const compile = {
    document: { denoodle: 1, name: "x", inputs: {}, graph: {}, outputs: {}, blocks: {} },
    feeds: {},
    batch: 1,
    assets: { tensors: new Map(), models: new Map() },
  } as const;
  await expect(engine.run({ compile, options }).next()).rejects.toThrow("could not be cloned");
});
