import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { startTestServer } from "../server/support/test-server.ts";
import { example } from "../studio/kit.ts";
import { launchChromium } from "../support/chromium.ts";
import { dropFile, handOn, openEditor, patient, type EditorTab } from "../support/editor-hand.ts";
import { enginePids } from "../support/engine-pids.ts";
import { startServerChild } from "../support/run-server-child.ts";

let browser: Browser;
let tab: EditorTab;
let page: Page;
let hand: ReturnType<typeof handOn>;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** So long that it is under way when something happens to it. */
const long = { steps: 900, samples: 800 };
const testMs = 360_000;

/** A graph with an edit in its history, a probe and a breakpoint that is off, about to run on the server. */
async function openOn(link: string, { steps, samples } = long): Promise<string> {
  tab = await openEditor(browser, link);
  ({ page } = tab);
  onTestFinished(() => page.context().close());
  hand = handOn(page);
  await hand.done();
  const document = { ...example(steps), name: "Long", ui: { samples } };
  await dropFile(page, "long.json", JSON.stringify(document));
  await phase("idle");
  await hand.node("graph/reverse/body/size").locator(".canvas-title").click();
  await page.keyboard.press("p");
  await undoButton().waitFor(patient);
  await runsOn("Server", "CPU");
  return hand.savedText();
}

async function runsOn(where: "Server" | "This browser", backend: string): Promise<void> {
  await page.getByRole("button", { name: /^Runs on:/ }).click();
  const items = page.getByRole("menuitemradio", { name: backend, exact: true });
  await (where === "Server" ? items.last() : items.first()).click();
  await runsOnIs(where);
}

const runsOnIs = (where: string) =>
  page.getByRole("button", { name: new RegExp(`^Runs on: ${where}`) }).waitFor(patient);
const phase = (name: string) =>
  page.locator(`.run-status[data-phase="${name}"]`).waitFor({ timeout: 180_000 });
const undoButton = () => page.getByRole("button", { name: /^Undo: / });
const notice = (words: string | RegExp) => page.locator(".run-notice", { hasText: words });
const cure = (name: string) => page.locator(".run-notice").getByRole("button", { name });
const readout = () => page.locator(".timeline-readout");
const isUnderWay = async () => {
  await phase("running");
  await readout()
    .getByText(/Step \d+ of \d+/)
    .waitFor(patient);
};

/** All but what the browser itself writes of sockets and requests that lead nowhere. */
const troubles = () =>
  tab.troubles.filter((line) => !/WebSocket connection|ERR_CONNECTION|ERR_EMPTY/.test(line));

async function nothingIsLost(before: string): Promise<void> {
  expect(await hand.savedText()).toBe(before);
  await undoButton().waitFor(patient);
  await page.getByRole("tab", { name: "Probes" }).click();
  await page.getByText("reverse/size.norm").first().waitFor(patient);
  await page.getByRole("tab", { name: "Timeline" }).click();
  expect(troubles()).toEqual([]);
}

test(
  "an engine that is killed is said and replaced: its run goes on from where it was, and so does the next",
  async () => {
    const server = await startTestServer({ folder: inject("editor") });
    const before = await openOn(server.link, { ...long, steps: 400 });
    await page.keyboard.press("F5");
    await isUnderWay();
    const [engine] = enginePids();
    process.kill(engine as number, "SIGKILL");
    await notice(/The engine ended unexpectedly.*stands before step \d+/).waitFor(patient);
    await phase("paused");
    await page.getByRole("tab", { name: /Problems/ }).click();
    await page
      .getByText(/engine's process ended.*SIGKILL/)
      .first()
      .waitFor(patient);
    await nothingIsLost(before);
    await cure("Go on").click();
    await phase("done");
    await notice("").waitFor({ ...patient, state: "detached" });
    expect(enginePids()).not.toContain(engine);
    await page.keyboard.press("F5");
    await isUnderWay();
    await page.keyboard.press("Shift+F5");
    await phase("cancelled");
    await nothingIsLost(before);
  },
  testMs,
);

test(
  "a server that is killed: the page says so, runs by itself when asked, and knows the server that comes back",
  async () => {
    const token = "a-token-that-both-servers-are-given-0123456789";
    const folder = inject("editor");
    const server = await startServerChild(folder, token);
    const before = await openOn(server.link);
    await page.keyboard.press("F5");
    await isUnderWay();
    await server.kill();
    await notice("The connection to the server is lost.").waitFor(patient);
    await cure("Run in this browser").click();
    await runsOnIs("This browser");
    await isUnderWay();
    await notice("").waitFor({ ...patient, state: "detached" });
    await page.keyboard.press("Shift+F5");
    await phase("cancelled");
    await nothingIsLost(before);
    const second = await startServerChild(folder, token, server.port);
    await runsOn("Server", "CPU");
    await page.keyboard.press("F5");
    await isUnderWay();
    await second.kill();
    await notice("The connection to the server is lost.").waitFor(patient);
    await startServerChild(folder, token, server.port);
    // The page connects by itself: the run went with the server, and that is said.
    await notice("The server no longer has this page's runs").waitFor(patient);
    await phase("failed");
    await cure("Run again").click();
    await isUnderWay();
    await nothingIsLost(before);
  },
  testMs,
);

/** Closes all connections to a port from the server's side, and lets none in until it is told to. */
function cutConnections(port: number) {
  const sockets = new Set<Socket>();
  let isShut = false;
  const accepted = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    if (socket.localPort !== port) return;
    if (isShut) socket.destroy();
    else sockets.add(socket);
  };
  subscribe("net.server.socket", accepted);
  onTestFinished(() => void unsubscribe("net.server.socket", accepted));
  return {
    cut(): void {
      isShut = true;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    mend: () => void (isShut = false),
  };
}

test(
  "a connection that breaks in the middle of a run: the run goes on, and the page shows all of it",
  async () => {
    const server = await startTestServer({ folder: inject("editor") });
    const way = cutConnections(server.port);
    const before = await openOn(server.link);
    await page.keyboard.press("F5");
    await isUnderWay();
    way.cut();
    await notice("The connection to the server is lost.").waitFor(patient);
    await page.locator(".run-words", { hasText: "No connection" }).waitFor(patient);
    way.mend();
    await notice("").waitFor({ ...patient, state: "detached" });
    await phase("done");
    await readout()
      .getByText(/Step (\d+) of \1\b/)
      .waitFor(patient);
    await page.getByRole("tab", { name: "Timeline" }).click();
    const slider = page.getByRole("slider", { name: "Step of reverse" });
    await slider.focus();
    // A step that was made while nobody could hear of it is there too.
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await readout()
      .getByText(/Step 999 of 1000/)
      .waitFor(patient);
    await nothingIsLost(before);
  },
  testMs,
);
