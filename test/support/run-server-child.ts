import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A server that can be killed, and another one at its place. */
export interface ServerChild {
  readonly link: string;
  readonly port: number;
  /** Ends it at once, as a crash does; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

const script = fileURLToPath(new URL("server-child.ts", import.meta.url));

/** Serves a built editor in a process of its own, which ends with the test. @param port 0: any that is free. */
export async function startServerChild(
  folder: string,
  token: string,
  port = 0,
): Promise<ServerChild> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", script, folder, String(port), token],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  if (child.stdout === null) throw new Error("the server prints nothing");
  for await (const line of createInterface(child.stdout)) {
    const kill = async (): Promise<void> => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    };
    return { link: line, port: Number(new URL(line).port), kill };
  }
  throw new Error("the server ended before it listened");
}
