import type { Feed } from "../../runtime/compile/slots.ts";
import { fits, type Fit } from "../../nodes/input/fit-size.ts";
import { UsageError } from "../command.ts";

/** `--set NODE.PARAM=VALUE`. */
export interface ParamSetting {
  readonly node: string;
  readonly param: string;
  readonly value: unknown;
}

/** @throws UsageError when the text has another form. */
export function parseSetting(text: string): ParamSetting {
  const [target, value] = splitAtFirst(text, "=");
  const dot = target.lastIndexOf(".");
  if (value === undefined || dot <= 0 || dot === target.length - 1)
    throw new UsageError(
      `--set ${text}: expected NODE.PARAM=VALUE, such as denoise.scale=2. A graph's own number is set by --with NAME=NUMBER.`,
    );
  return { node: target.slice(0, dot), param: target.slice(dot + 1), value: parseValue(value) };
}

/** `--with SLOT=NODE:key=value,…`, or `--with SLOT=NUMBER`. @throws UsageError when it has another form. */
export function parseFeed(text: string): { readonly slot: string; readonly feed: Feed } {
  const [slot, given] = splitAtFirst(text, "=");
  if (given === undefined || slot === "" || given === "")
    throw new UsageError(
      `--with ${text}: expected SLOT=NODE:param=value,…, such as operator=operator/average:factor=4.`,
    );
  const number = Number(given);
  if (Number.isFinite(number)) return { slot, feed: { kind: "number", value: number } };
  const [type, params] = splitAtFirst(given, ":");
  const v = /^(.*)@(\d+)$/.exec(type);
  return {
    slot,
    feed: {
      kind: "node",
      type: v?.[1] ?? type,
      ...(v?.[2] === undefined ? {} : { v: Number(v[2]) }),
      params: params === undefined ? {} : parseParams(params, text),
    },
  };
}

/** `--in NAME=FILE`. @throws UsageError when it has another form. */
export function parseInput(text: string): { readonly slot: string; readonly file: string } {
  const [slot, file] = splitAtFirst(text, "=");
  if (file === undefined || slot === "" || file === "")
    throw new UsageError(`--in ${text}: expected NAME=FILE, such as measurement=y.npy.`);
  return { slot, file };
}

/** `--fit HOW`, `--fit HOW:SIZE`. */
export interface FitSetting {
  readonly how: Fit;
  /** [height, width] in pixels. Default: the nearest that the prior takes. */
  readonly size?: readonly [number, number];
}

/** @throws UsageError when the text has another form. */
export function parseFit(text: string): FitSetting {
  const [word, size] = splitAtFirst(text, ":");
  const how = fits.find((each) => each === word);
  const sides = /^([1-9]\d{0,4})(?:x([1-9]\d{0,4}))?$/.exec(size ?? "1");
  if (how === undefined || sides === null)
    throw new UsageError(
      `--fit ${text}: expected ${fits.join(", ")}, and after a colon a size in pixels, such as resize:256 or crop:240x320 (height x width).`,
    );
  if (size === undefined) return { how };
  const [, height, width = height] = sides;
  return { how, size: [Number(height), Number(width)] };
}

/** `NAME=VALUE`. @throws UsageError when it has another form. */
export function parseAssignment(option: string, text: string): readonly [string, unknown] {
  const [name, value] = splitAtFirst(text, "=");
  if (value === undefined || name === "")
    throw new UsageError(`${option} ${text}: expected NAME=VALUE.`);
  return [name, parseValue(value)];
}

function parseParams(text: string, whole: string): Readonly<Record<string, unknown>> {
  const entries = splitList(text).map((part) => {
    const [name, value] = splitAtFirst(part, "=");
    if (value === undefined || name === "")
      throw new UsageError(`--with ${whole}: expected param=value after the colon, got "${part}".`);
    return [name.trim(), parseValue(value)] as const;
  });
  return Object.fromEntries(entries);
}

/** JSON where the text is JSON, else the text itself. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function splitAtFirst(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Splits at commas that are inside no bracket and no quoted text. */
function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? "";
    if (character === '"' && text[i - 1] !== "\\") quoted = !quoted;
    if (quoted) continue;
    if ("[{(".includes(character)) depth += 1;
    if ("]})".includes(character)) depth -= 1;
    if (character !== "," || depth > 0) continue;
    parts.push(text.slice(start, i));
    start = i + 1;
  }
  return [...parts, text.slice(start)].filter((part) => part !== "");
}
