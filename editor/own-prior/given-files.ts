import type { Issue } from "../../runtime/base/issue.ts";
import type { Message } from "../document/history.ts";
import type { ModelCard } from "../own-files/own-file.ts";
import type { CheckedModel } from "./prior-checks.ts";

/** A model that a person gave, with the card beside it. */
export interface GivenModel {
  readonly model: CheckedModel & { readonly bytes: Uint8Array<ArrayBuffer> };
  readonly card: ModelCard | null;
  readonly cardName: string | null;
}

/** What is wrong with the files: a message of the page, or an issue that says it itself. */
export type Fault = Message | Issue;

/** As much as a browser keeps of one file; ONNX files end at twice that. */
const mostBytes = 2 ** 30;
const onnxEnd = 2 ** 31;
/** What a message to a server may hold. */
const mostOfServer = 512 * 2 ** 20;

export const isModel = ({ name }: File): boolean => /\.onnx$/iu.test(name);
const isCard = ({ name }: File): boolean => /\.json$/iu.test(name);

/** Reads a model and its card from what was dropped or chosen; a card alone belongs to the model `before`. */
export async function givenModel(
  files: readonly File[],
  where: "browser" | "server",
  before: GivenModel | null,
): Promise<GivenModel | Fault> {
  const beside = files.find(isCard);
  const model = await modelIn(files, where, beside === undefined ? null : before);
  if ("key" in model) return model;
  if (beside === undefined) return { model, card: null, cardName: null };
  const card = await readCard(beside);
  if ("key" in card) return card;
  return { model: { ...model, card: card.value }, card: card.value, cardName: beside.name };
}

/** The model among the files, else the one before. */
async function modelIn(
  files: readonly File[],
  where: "browser" | "server",
  before: GivenModel | null,
): Promise<GivenModel["model"] | Message> {
  const file = files.find(isModel);
  if (file !== undefined) return readModel(file, where);
  return before?.model ?? { key: "priors.fault.none" };
}

async function readModel(
  file: File,
  where: "browser" | "server",
): Promise<GivenModel["model"] | Message> {
  const fault = sizeFault(file, where);
  if (fault !== null) return fault;
  const bytes = await bytesOf(file);
  if (bytes === null) return { key: "priors.fault.unread", values: { name: file.name } };
  return { name: file.name, bytes, card: undefined };
}

function sizeFault({ name, size }: File, where: "browser" | "server"): Message | null {
  const values = { name, size: (size / 2 ** 30).toFixed(1) };
  if (size === 0) return { key: "priors.fault.empty", values };
  if (size >= onnxEnd) return { key: "priors.fault.onnxEnd", values };
  if (size > mostBytes) return { key: "priors.fault.large", values };
  if (where === "server" && size > mostOfServer) return { key: "priors.fault.server", values };
  return null;
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** A model's card, read. */
async function readCard(file: File): Promise<{ readonly value: ModelCard } | Message> {
  const values = { name: file.name };
  try {
    const value: unknown = JSON.parse(await file.text());
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { value: value as ModelCard };
    return { key: "priors.fault.card", values: { ...values, reason: typeof value } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { key: "priors.fault.card", values: { ...values, reason } };
  }
}
