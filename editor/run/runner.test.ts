import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { StudioEvent, StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { example } from "../../test/studio/kit.ts";
import type { DocumentDraft } from "../document/edits/draft.ts";
import { rename } from "../document/edits/rename.ts";
import { setRunNumber } from "../document/edits/run-numbers.ts";
import { toggleProbe } from "../document/edits/toggle-probe.ts";
import { uiOf } from "../document/ui.ts";
import { createEditorStore } from "../state/editor-store.ts";
import { createRunner } from "./runner.ts";
import type { ServerState } from "./steady-socket.ts";

const wire = "reverse/guided.x";
const summary = { shape: [4, 2], min: 0, max: 1, mean: 0.5, std: 0.1, norm: 1, notFinite: 0 };

/** A run store whose engine and clock do what the test says. */
function start() {
  const sent: StudioRequest[] = [];
  let heard: (message: StudioMessage) => void = () => {};
  let now = 0;
  let timers: (readonly [number, () => void])[] = [];
  const editor = createEditorStore(example(), "example");
  const run = createRunner({
    editor,
    registry,
    places: [
      {
        where: "browser",
        open: () => ({
          where: "browser",
          send: (request) => void sent.push(request),
          listen: (listener) => {
            heard = listener;
            return () => {};
          },
          close: () => {},
        }),
      },
    ],
    clock: () => now,
    later: (work, ms) => void timers.push([now + ms, work]),
  });
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(([at]) => at <= now);
    timers = timers.filter(([at]) => at > now);
    for (const [, work] of due) work();
  };
  const tellOf = (number: number | null, ...events: readonly StudioEvent[]): void => {
    for (const event of events) heard({ run: number, event });
    pass(16);
  };
  const tell = Object.assign(
    (...events: readonly StudioEvent[]) => tellOf(run.getState().run, ...events),
    { of: tellOf },
  );
  const guide = (value: number): void =>
    editor.actions.edit({ label: { key: "test" } }, ({ inputs }) => {
      (inputs["guidanceScale"] as { default?: number }).default = value;
    });
  const types = (): readonly string[] => sent.map(({ type }) => type);
  return { run, editor, sent, types, tell, pass, guide };
}

const started: StudioEvent = {
  type: "started",
  backend: "wasm",
  chosen: "WASM",
  setUpMs: 1,
  shapes: {},
};
const step = (iteration: number): StudioEvent => ({
  type: "step",
  zone: "reverse",
  iteration,
  count: 10,
  nfe: iteration + 1,
  vjpCalls: 0,
  ms: 5,
});
const made = (k: number): StudioEvent => ({ type: "frame-made", wire, iteration: [k], summary });
const done = (total = 50): StudioEvent => ({
  type: "done",
  outputs: { score: { kind: "number", value: 3 } },
  nfe: 10,
  vjpCalls: 10,
  timings: { total, sessions: 0, networks: 0, steps: 0, noise: 0 },
});

describe(createRunner.name, () => {
  test("asks for the document's probes and samples, and follows the run", () => {
    const { run, sent, tell } = start();
    run.actions.start();
    expect(sent[0]).toMatchObject({
      type: "run",
      batch: 400,
      options: { seed: 0, probes: expect.arrayContaining([...uiOf(example()).probes]) },
    });
    tell(started, step(0), made(0), step(1), made(1));
    expect(run.getState()).toMatchObject({
      phase: "running",
      zones: { reverse: { iteration: 2, count: 10 } },
      nfe: 2,
      remainingMs: 40,
    });
    tell(done());
    expect(run.getState()).toMatchObject({ phase: "done", numbers: { score: 3 }, stale: false });
  });

  test("a run in progress hears of probes, and not of wires that were named anew after its start", () => {
    const { run, editor, sent, tell } = start();
    run.actions.start();
    tell(started, step(0));
    const edit = (change: (draft: DocumentDraft) => void) =>
      editor.actions.edit({ label: { key: "test" } }, change);
    const asked = () => sent.findLast((request) => request.type === "probes")?.wires ?? [];
    edit(toggleProbe("exact.x"));
    expect(asked()).toContain(wire);
    expect(asked()).not.toContain("exact.x");
    edit((draft) => void rename(draft, "graph/reverse", "backwards"));
    expect(uiOf(editor.getState().history.present).probes).toContain("backwards/guided.x");
    expect(asked().filter((each) => each.startsWith("backwards"))).toEqual([]);
    editor.actions.undo();
    expect(asked()).toContain(wire);
  });

  test("fetches a frame only when it is looked at, and once", async () => {
    const { run, sent, tell, types } = start();
    run.actions.start();
    tell(started, step(0), made(0), step(1), made(1), done());
    expect(types()).not.toContain("frame");
    run.actions.scrub([0], "reverse");
    const looked = run.actions.frame(wire, run.getState().at);
    const [asked] = sent.filter((request) => request.type === "frame");
    expect(asked).toMatchObject({ wire, iteration: [0] });
    const tensor = float32([1, 2], [1, 2]);
    tell({ type: "frame", ticket: asked?.ticket ?? 0, wire, iteration: [0], tensor });
    expect(await looked).toEqual(tensor);
    expect(await run.actions.frame(wire, [0])).toEqual(tensor);
    expect(types().filter((type) => type === "frame")).toHaveLength(1);
  });

  test("shows pushed frames while it follows the newest, and not while it looks at another step", () => {
    const { run, tell } = start();
    const shown: number[] = [];
    run.actions.start();
    tell(started, step(0), made(0));
    run.actions.watch(wire, ({ data }) => shown.push(Number(data[0])));
    const push = (value: number): StudioEvent => ({
      type: "frame",
      ticket: null,
      wire,
      iteration: [0],
      tensor: float32([value], [1]),
    });
    tell(push(1));
    run.actions.scrub([0], "reverse");
    tell(push(2));
    expect(shown).toEqual([1]);
  });

  test("is stale after an edit that matters, and not after one of the layout, or when it is undone", () => {
    const { run, editor, guide, tell } = start();
    run.actions.start();
    tell(started, done(9999));
    editor.actions.edit({ label: { key: "test" } }, (draft) => {
      draft.ui = { ...(draft.ui as object), nodes: { start: [10, 10] } };
    });
    expect(run.getState().stale).toBe(false);
    guide(0.9);
    expect(run.getState()).toMatchObject({ stale: true, staleWhy: { key: "run.stale.document" } });
    editor.actions.undo();
    expect(run.getState().stale).toBe(false);
    editor.actions.edit({ label: { key: "test" } }, setRunNumber("seed", 4));
    expect(run.getState().staleWhy).toMatchObject({ key: "run.stale.seed" });
  });

  test("runs a quick graph again by itself, at most ten times a second; a slow one waits", () => {
    const { run, guide, tell, types, pass } = start();
    const runs = () => types().filter((type) => type === "run").length;
    run.actions.start();
    tell(started, done(50));
    for (let i = 1; i <= 12; i += 1) {
      guide(i / 100);
      tell(started, done(50));
    }
    expect(runs()).toBeGreaterThanOrEqual(3);
    expect(runs()).toBeLessThanOrEqual(4);
    pass(100);
    expect(run.getState().stale).toBe(false);
    tell(started, done(5000));
    const before = runs();
    guide(0.77);
    pass(1000);
    expect(runs()).toBe(before);
    expect(run.getState().stale).toBe(true);
  });

  test("a new run cancels and forgets the one before, whose last words are not heard", () => {
    const { run, types, tell } = start();
    run.actions.start();
    tell(started, step(0));
    run.actions.start();
    expect(types()).toEqual(["run", "watch", "cancel", "run", "forget", "watch"]);
    expect(run.getState()).toMatchObject({ phase: "starting", zones: {}, steps: [] });
  });

  test("a run after an edit names the one before, of which it shows what is kept", () => {
    const { run, sent, guide, tell } = start();
    const last = () => sent.findLast((request) => request.type === "run");
    run.actions.start();
    tell(started, step(0), made(0), done(9999));
    run.actions.start();
    expect(last()).not.toHaveProperty("after");
    tell(started, step(0), made(0), done(9999));
    guide(0.9);
    run.actions.start();
    expect(last()).toMatchObject({ run: 3, after: 2 });
    expect(run.getState()).toMatchObject({ kept: [], steps: [], tracks: {} });
    tell(started, { type: "kept", zone: "reverse" });
    expect(run.getState()).toMatchObject({
      kept: ["reverse"],
      zones: { reverse: { iteration: 1, count: 10 } },
      tracks: { [wire]: { wire } },
    });
    tell(done(20));
    guide(0.8);
    run.actions.step();
    expect(last()).not.toHaveProperty("after");
  });

  test("a run that kept a zone says nothing of how long one of everything takes", () => {
    const { run, guide, tell, types, pass } = start();
    run.actions.start();
    tell(started, step(0), done(9999));
    guide(0.9);
    run.actions.start();
    tell(started, { type: "kept", zone: "reverse" }, done(20));
    const before = types().length;
    guide(0.8);
    pass(2000);
    expect(types()).toHaveLength(before);
  });

  test("opening another document leaves nothing of the run before", () => {
    const { run, editor, types, tell } = start();
    run.actions.start();
    tell(started, step(0), made(0));
    editor.actions.open({ ...example(), name: "Another" }, "another");
    expect(types().slice(-2)).toEqual(["cancel", "forget"]);
    expect(run.getState()).toMatchObject({ phase: "idle", run: null, tracks: {}, stale: false });
  });

  test("an output is the wire that becomes it while the run goes on, and itself at the end", async () => {
    const { run, sent, tell } = start();
    run.actions.start();
    expect(run.getState().leads).toMatchObject({ "=x0": wire });
    const stop = run.actions.watch("=x0", () => {});
    expect(sent.findLast(({ type }) => type === "watch")).toMatchObject({ wires: ["=x0", wire] });
    tell(started, step(0), made(0), step(1), made(1));
    const asked = () => sent.filter((request) => request.type === "frame").at(-1);
    void run.actions.frame("=x0", null);
    expect(asked()).toMatchObject({ wire, iteration: [1] });
    void run.actions.frame("=x0", [0]);
    expect(asked()).toMatchObject({ wire, iteration: [0] });
    tell({ ...done(), outputs: { x0: { kind: "tensor", summary } } } as StudioEvent);
    void run.actions.frame("=x0", null);
    expect(asked()).toMatchObject({ wire: "=x0", iteration: [] });
    stop();
  });

  test("shows under an output's name what is pushed of the wire that becomes it, not the older preview", () => {
    const { run, tell } = start();
    const shown: number[] = [];
    run.actions.start();
    tell(started, step(0), made(0));
    run.actions.watch("=x0", ({ data }) => shown.push(Number(data[0])));
    const push = (name: string, iteration: readonly number[], value: number): StudioEvent => ({
      type: "frame",
      ticket: null,
      wire: name,
      iteration: [...iteration],
      tensor: float32([value], [1]),
    });
    tell(push(wire, [0], 1), push("=x0", [0], 2), push("=x0", [], 3));
    expect(shown).toEqual([1, 3]);
  });

  test("wires that were not kept are computed again together, once, while it stands still", async () => {
    const { run, sent, tell } = start();
    run.actions.start();
    tell(started, step(0), step(1), done());
    const wires = ["reverse/denoise.x0", "reverse/size.norm"];
    const looked = wires.map((name) => run.actions.frame(name, [1]));
    await Promise.resolve();
    const asked = sent.filter((request) => request.type === "inspect");
    expect(asked).toMatchObject([{ zone: "reverse", iteration: [1], wires }]);
    const ticket = asked[0]?.ticket ?? 0;
    const tensor = float32([1, 2], [1, 2]);
    for (const name of wires) tell({ type: "frame", ticket, wire: name, iteration: [1], tensor });
    tell({ type: "inspected", ticket });
    expect(await Promise.all(looked)).toEqual([tensor, tensor]);
    expect(await run.actions.frame("reverse/size.norm", [1])).toEqual(tensor);
    expect(sent.filter((request) => request.type === "inspect")).toHaveLength(1);
  });

  test("takes the document's breakpoints that are on, and those that come and go while it runs", () => {
    const { run, editor, sent } = start();
    const setBreakpoints = (...breakpoints: readonly object[]): void =>
      editor.actions.edit({ label: { key: "test" } }, (draft) => {
        draft.ui = { ...(draft.ui as object), breakpoints };
      });
    const here = { id: "a", wire, zone: null, condition: "norm > 3", enabled: true };
    setBreakpoints(here, { ...here, id: "b", enabled: false });
    run.actions.start();
    const { enabled: _, ...asked } = here;
    expect(sent[0]).toMatchObject({ options: { breakpoints: [asked] } });
    setBreakpoints();
    expect(sent.at(-1)).toMatchObject({ type: "breakpoints", breakpoints: [] });
    expect(run.getState().stale).toBe(false);
  });

  test("runs to a place once: what was to stop it is gone when it has stopped", () => {
    const { run, sent, tell } = start();
    run.actions.runTo({ wire, zone: "reverse", condition: "1" });
    expect(sent[0]).toMatchObject({ options: { breakpoints: [{ wire, condition: "1" }] } });
    const iteration = [0];
    const why = { kind: "breakpoint" as const, id: "until", wire, iteration, values: {} };
    tell(started, step(0), { type: "paused", zone: "reverse", iteration: 1, why });
    expect(sent.at(-1)).toMatchObject({ type: "breakpoints", breakpoints: [] });
    run.actions.runTo({ wire, zone: "reverse", condition: "1" });
    expect(sent.slice(-2)).toMatchObject([
      { type: "breakpoints", breakpoints: [{ wire }] },
      { type: "resume" },
    ]);
  });

  test("a failure that says of no place itself is placed in the step that was to come", () => {
    const { run, tell } = start();
    run.actions.start();
    const issue = { code: "backend.memory", message: "There is not enough memory.", at: {} };
    tell(started, step(0), step(1), { type: "failed", issues: [issue] });
    expect(run.getState()).toMatchObject({
      phase: "failed",
      issues: [{ at: { node: "reverse", zone: "reverse", iteration: [2] } }],
    });
  });

  test("what is asked of a run goes to where it was sent, not to where the next one will go", () => {
    const sent: Record<string, string[]> = { browser: [], server: [] };
    const place = (where: "browser" | "server") => ({
      where,
      open: () => ({
        where,
        send: ({ type }: StudioRequest) => void sent[where]?.push(type),
        listen: () => () => {},
        close: () => {},
      }),
    });
    const run = createRunner({
      editor: createEditorStore(example(), "example"),
      registry,
      places: [place("browser"), place("server")],
      clock: () => 0,
      later: (work) => work(),
    });
    run.actions.start();
    run.actions.setWhere("server");
    expect(sent["browser"]).toContain("cancel");
    run.actions.start();
    expect(sent["browser"]?.at(-1)).toBe("forget");
    expect(sent["server"]).toEqual(["run", "watch"]);
    expect(run.getState()).toMatchObject({ where: "server" });
  });

  test("a run whose server refuses the page ends, with the reason", () => {
    const issue = { code: "server.refused", message: "The token is not the server's.", at: {} };
    let become: (state: ServerState) => void = () => {};
    const link = {
      where: "server",
      send: () => {},
      listen: () => () => {},
      onState(listener: typeof become) {
        become = listener;
        return () => {};
      },
      close: () => {},
    } as const;
    const run = createRunner({
      editor: createEditorStore(example(), "example"),
      registry,
      places: [{ where: "server", open: () => link }],
      clock: () => 0,
      later: (work) => work(),
    });
    run.actions.start();
    become({ is: "refused", issue });
    expect(run.getState()).toMatchObject({ phase: "failed", issues: [issue] });
  });

  test("a run whose server is lost is stopped here at once; what comes of it later changes nothing", () => {
    const sent: StudioRequest[] = [];
    let heard: (message: StudioMessage) => void = () => {};
    let become: (state: { readonly is: "open" | "lost" }) => void = () => {};
    let retries = 0;
    const run = createRunner({
      editor: createEditorStore(example(), "example"),
      registry,
      places: [
        {
          where: "server",
          open: () => ({
            where: "server",
            send: (request) => void sent.push(request),
            listen(listener) {
              heard = listener;
              return () => {};
            },
            onState(listener) {
              become = listener;
              return () => {};
            },
            retry: () => void (retries += 1),
            close: () => {},
          }),
        },
      ],
      clock: () => 0,
      later: (work) => work(),
    });
    run.actions.start();
    become({ is: "open" });
    heard({ run: 1, event: started });
    run.actions.cancel();
    // A server that hears of it says itself that the run is over.
    expect(run.getState()).toMatchObject({ phase: "running", connection: { is: "open" } });
    become({ is: "lost" });
    run.actions.reconnect();
    expect(retries).toBe(1);
    run.actions.cancel();
    expect(run.getState()).toMatchObject({ phase: "cancelled", connection: { is: "lost" } });
    expect(sent.filter(({ type }) => type === "cancel")).toHaveLength(2);
    heard({ run: 1, event: step(0) });
    heard({
      run: 1,
      event: { type: "paused", zone: "reverse", iteration: 1, why: { kind: "asked" } },
    });
    expect(run.getState()).toMatchObject({ phase: "cancelled", steps: [] });
  });

  test("of a run that broke, the output is what it last was that is finite", () => {
    const { run, sent, tell } = start();
    run.actions.start();
    const bad: StudioEvent = {
      type: "frame-made",
      wire,
      iteration: [2],
      summary: { ...summary, notFinite: 2 },
    };
    const issue = { code: "run.not-finite", message: "It broke.", at: { node: "reverse/guided" } };
    tell(started, step(0), made(0), step(1), made(1), bad, { type: "failed", issues: [issue] });
    void run.actions.frame("=x0", null);
    const asked = sent.filter((request) => request.type === "frame").at(-1);
    expect(asked).toMatchObject({ wire, iteration: [1] });
  });
});

describe("a run that goes on from another", () => {
  /** Ten steps, and a second future from step 5 on, of which two are there. */
  function forked() {
    const parts = start();
    const { run, tell } = parts;
    const steps = Array.from({ length: 10 }, (_, k) => k);
    run.actions.start();
    tell(started, ...steps.flatMap((k) => [step(k), made(k)]), done());
    run.actions.fork("reverse", 5);
    tell(started, step(5), made(5), step(6), made(6));
    return parts;
  }

  const framesAsked = (sent: readonly StudioRequest[]) =>
    sent.flatMap((each) => (each.type === "frame" ? [[each.run, ...each.iteration]] : []));

  test("has the steps before it, and asks for what they hold where it was made", async () => {
    const { run, sent, tell } = forked();
    expect(run.getState().steps.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(run.getState().tracks[wire]?.frames).toHaveLength(7);
    const looked = run.actions.frame(wire, [3]);
    void run.actions.frame(wire, [6]);
    expect(framesAsked(sent)).toEqual([
      [1, 3],
      [2, 6],
    ]);
    const [asked] = sent.filter((request) => request.type === "frame");
    const tensor = float32([1, 2], [1, 2]);
    const answer = { type: "frame", ticket: asked?.ticket ?? 0, wire, tensor } as const;
    tell.of(1, { ...answer, iteration: [3] });
    expect(await looked).toEqual(tensor);
    void run.actions.inspect(["reverse/denoise.x0"], [4], "reverse");
    expect(sent.at(-1)).toMatchObject({ type: "inspect", run: 1, iteration: [4] });
  });

  test("is left at a step before its own first one for the run that made it", () => {
    const { run, sent } = forked();
    run.actions.fork("reverse", 2);
    expect(sent.findLast(({ type }) => type === "run")).toMatchObject({
      run: 3,
      from: { run: 1, zone: "reverse", iteration: 2 },
    });
    expect(sent.filter(({ type }) => type === "forget")).toEqual([{ type: "forget", run: 2 }]);
  });

  test("is forgotten with all that it went on from", () => {
    const { run, sent } = forked();
    run.actions.start();
    const forgotten = sent.flatMap((each) => (each.type === "forget" ? [each.run] : []));
    expect(forgotten).toEqual([2, 1]);
  });
});
