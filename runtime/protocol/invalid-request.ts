import type { z } from "zod";
import type { Issue } from "../base/issue.ts";

/** The run number of a message that may be anything; null where it names none. */
export function runOf(message: unknown): number | null {
  if (typeof message !== "object" || message === null || !("run" in message)) return null;
  const { run } = message;
  return typeof run === "number" && Number.isSafeInteger(run) && run >= 0 ? run : null;
}

/** What is wrong with a message that is no request, as a sentence that names the field. */
export function invalidRequest({ issues: [first] }: z.ZodError): Issue {
  const path = (first?.path ?? []).map((part) => (typeof part === "number" ? part : String(part)));
  const what =
    path.length === 0
      ? "it is none that it knows"
      : `its field ${path.join(".")} is missing or wrong`;
  return {
    code: "protocol.invalid",
    message: `The engine cannot serve a message: ${what}.`,
    at: { path },
    fix: "The program that sent it must be of the same version as the engine.",
  };
}

/** A run whose number is in use. */
export function numberTaken(run: number): Issue {
  return {
    code: "protocol.invalid",
    message: `The engine cannot serve a message: a run with the number ${run} is in progress.`,
    at: { path: ["run"] },
    fix: "Give each run a number of its own.",
  };
}
