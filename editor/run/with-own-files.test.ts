import { expect, test } from "vitest";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import { example } from "../../test/studio/kit.ts";
import { runRequest } from "./run-request.ts";
import type { EngineLink } from "./link.ts";
import { type FilesOf, withOwnFiles } from "./with-own-files.ts";

const settings = {
  where: "browser",
  backend: "auto",
  seed: 0,
  samples: null,
  breakpoints: [],
} as const;
const request = (run: number) =>
  runRequest(example(), settings, { run, paused: false, from: null });

function open(filesOf: FilesOf) {
  const sent: StudioRequest[] = [];
  const inner: EngineLink = {
    where: "browser",
    send: (each) => void sent.push(each),
    listen: () => () => {},
    close: () => {},
  };
  return { sent, link: withOwnFiles(inner, filesOf) };
}

test("a run that names no own file goes at once", () => {
  const { sent, link } = open(() => null);
  link.send(request(1));
  link.send({ type: "step", run: 1 });
  expect(sent.map(({ type }) => type)).toEqual(["run", "step"]);
});

test("a run takes its files along, and what follows waits for it", async () => {
  const files = new Map([["cat.png", Uint8Array.of(1)]]);
  let read: (found: typeof files) => void = () => {};
  const reading = new Promise<typeof files>((resolve) => (read = resolve));
  const { sent, link } = open(() => reading);
  link.send(request(1));
  link.send({ type: "step", run: 1 });
  await Promise.resolve();
  expect(sent).toEqual([]);
  read(files);
  await expect.poll(() => sent.length).toBe(2);
  expect(sent).toEqual([
    { ...request(1), files },
    { type: "step", run: 1 },
  ]);
  link.send({ type: "cancel", run: 1 });
  expect(sent.at(-1)).toEqual({ type: "cancel", run: 1 });
});
