import { describe, expect, test } from "vitest";
import type { Issue } from "../../runtime/base/issue.ts";
import type { StudioEvent, StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioCheck, StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import type { ModelCard, OwnFile } from "../own-files/own-file.ts";
import { createOwnPriorStore } from "./own-prior-store.ts";
import { createPriorChecks } from "./prior-checks.ts";
import { findingsNow, verdictOf } from "./verdict.ts";

const broken: Issue = { code: "model.unreadable", message: "It is no model.", at: {} };
const picture = float32([0], [1, 1, 1, 1]);
const tested = { synthetic: false, pictures: 1, clean: picture };

function answerTo({ ask, given }: StudioCheck): StudioEvent {
  if (ask === "read")
    return {
      type: "checked",
      answer: {
        ask,
        sha256: "a",
        signature: { inputs: [], outputs: [], opset: 17, producer: "", parameters: 0 },
        card: {},
        names: {},
        shapes: { channels: 3 },
        usual: { predicts: "eps", process: "vp-discrete", conditioning: "index" },
        issues: [],
        faults: [],
      },
    };
  if (ask === "rank") return { type: "failed", issues: [broken] };
  const isRight = given["predicts"] === "eps";
  const findings = [{ verdict: isRight ? "pass" : "fail", message: "So it is." } as const];
  return {
    type: "checked",
    answer: { ask, asked: "", ...tested, findings, levels: [], samples: [] },
  };
}

/** A dialog over a studio that answers when it is told to. */
function start() {
  const sent: StudioRequest[] = [];
  const kept: [string, ModelCard | null][] = [];
  let tell: (message: StudioMessage) => void = () => {};
  let isClosed = false;
  const checks = createPriorChecks(() => ({
    where: "browser",
    send: (request) => void sent.push(request),
    listen(listener) {
      tell = listener;
      return () => {};
    },
    close: () => (isClosed = true),
  }));
  const putModel = async (name: string, _: Uint8Array, card: ModelCard | null) => {
    kept.push([name, card]);
    return { name: `${name}.onnx`, kind: "model", sha256: "a", size: 1, at: 0 } satisfies OwnFile;
  };
  const store = createOwnPriorStore({
    checks,
    ownFiles: { putModel },
    settings: () => ({ where: "browser", backend: "cpu" }),
  });
  const checksSent = () => sent.filter((request) => request.type === "check");
  const answer = async () => {
    const asked = checksSent().at(-1);
    if (asked !== undefined) tell({ run: asked.run, event: answerTo(asked) });
    await new Promise((resolve) => void setTimeout(resolve));
  };
  return { store, kept, sent, checksSent, answer, isClosed: () => isClosed };
}

async function withModel() {
  const kit = start();
  void kit.store.actions.take([new File([new Uint8Array(3)], "mine.onnx")]);
  await expect.poll(() => kit.checksSent().length).toBe(1);
  await kit.answer();
  return kit;
}

const verdictIn = ({ store }: ReturnType<typeof start>) => verdictOf(findingsNow(store.getState()));

describe("the way of a model", () => {
  test("a model is read, tested when its test is looked at, and sent once", async () => {
    const kit = await withModel();
    const { store, checksSent } = kit;
    expect(store.getState()).toMatchObject({
      name: "mine",
      draft: { sources: { predicts: "usual" } },
    });
    store.actions.go("test");
    await kit.answer();
    expect(verdictIn(kit)).toBe("pass");
    expect(checksSent().map(({ ask, model }) => [ask, model === null])).toEqual([
      ["read", false],
      ["test", true],
    ]);
  });

  test("what was found of one convention is not said of another", async () => {
    const kit = await withModel();
    const { store, checksSent } = kit;
    store.actions.go("test");
    await kit.answer();
    store.actions.set({ predicts: "x0" });
    expect(verdictIn(kit)).toBe("untested");
    store.actions.go("test");
    await kit.answer();
    expect([verdictIn(kit), checksSent().length]).toEqual(["fail", 3]);
  });

  test("is kept with a card that says what was chosen and how the test went", async () => {
    const kit = await withModel();
    kit.store.actions.go("test");
    await kit.answer();
    expect(await kit.store.actions.keep()).toMatchObject({ name: "mine.onnx" });
    await kit.store.actions.keep();
    expect(kit.kept).toMatchObject([
      ["mine", { denoodle: { predicts: "eps", channels: 3 }, self_test: { pictures: 1 } }],
    ]);
  });

  test("a question that is stopped is as if it had not been asked; the model is sent again after a failure", async () => {
    const kit = await withModel();
    const { store, sent, checksSent } = kit;
    store.actions.go("test");
    store.actions.stop();
    await kit.answer();
    expect(store.getState()).toMatchObject({ test: { is: "none" }, tested: null });
    expect(sent.at(-1)?.type).toBe("cancel");
    void store.actions.rank();
    await kit.answer();
    expect(store.getState().rank).toEqual({ is: "failed", faults: [broken] });
    store.actions.go("test");
    expect(checksSent().at(-1)?.model).not.toBeNull();
  });

  test("closing ends the studio and forgets the model", async () => {
    const kit = await withModel();
    kit.store.actions.close();
    expect([kit.isClosed(), kit.store.getState().given]).toEqual([true, null]);
  });
});

test.each([
  ["none", [new File(["{}"], "card.json")]],
  ["empty", [new File([], "a.onnx")]],
  ["card", [new File(["x"], "a.onnx"), new File(["{"], "a.json")]],
])("what is given and no model says why: %s", async (fault, files) => {
  const { store, sent } = start();
  await store.actions.take(files);
  expect(store.getState().read).toMatchObject({ faults: [{ key: `priors.fault.${fault}` }] });
  expect(sent).toEqual([]);
});

test("a model that no browser keeps is refused before it is read", async () => {
  const { store } = start();
  const huge = Object.defineProperty(new File(["x"], "a.onnx"), "size", { value: 3 * 2 ** 30 });
  await store.actions.take([huge]);
  expect(store.getState().read).toMatchObject({ faults: [{ key: "priors.fault.onnxEnd" }] });
});
