import type { AnyNode, Registry } from "../../graph/define-node.ts";
import type { Document } from "../../graph/document.ts";
import { sameValue } from "../../base/same-value.ts";

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/**
 * The numbers in which two documents differ, by the names that runs know them by (`anneal/guided.scale`); null where
 * they differ in anything else. What the engine does not read (`ui`, `about`, `name`) may differ.
 */
export function scalarChanges(
  before: Document,
  after: Document,
  registry: Registry,
): Readonly<Record<string, number>> | null {
  const { inputs: slotsBefore, graph: graphBefore, ...restBefore } = meaning(before);
  const { inputs: slotsAfter, graph: graphAfter, ...restAfter } = meaning(after);
  if (!sameValue(restBefore, restAfter)) return null;
  const changes = new Map<string, number>();
  const isSame =
    sameSlots(slotsBefore as JsonObject, slotsAfter as JsonObject, { registry, changes }) &&
    sameBody(graphBefore as JsonObject, graphAfter as JsonObject, "", { registry, changes });
  return isSame ? Object.fromEntries(changes) : null;
}

interface Comparing {
  readonly registry: Registry;
  readonly changes: Map<string, number>;
}

function meaning(document: Document): JsonObject {
  const { ui: _ui, about: _about, name: _name, ...rest } = document as unknown as JsonObject;
  return rest;
}

function sameSlots(before: JsonObject, after: JsonObject, comparing: Comparing): boolean {
  return sameKeys(before, after, (name, a, b) => {
    const { default: givenBefore, description: _a, ...slotBefore } = a as JsonObject;
    const { default: givenAfter, description: _b, ...slotAfter } = b as JsonObject;
    if (!sameValue(slotBefore, slotAfter)) return false;
    if (typeof givenBefore === "number" && typeof givenAfter === "number")
      return note(`@${name}`, givenBefore, givenAfter, comparing);
    if (!isObject(givenBefore) || !isObject(givenAfter)) return sameValue(givenBefore, givenAfter);
    return sameNode(givenBefore, givenAfter, `@${name}`, comparing);
  });
}

// oxlint-disable-next-line max-params -- two bodies, where they are, and what is noted
function sameBody(
  before: JsonObject,
  after: JsonObject,
  prefix: string,
  comparing: Comparing,
): boolean {
  return sameKeys(before, after, (id, a, b) =>
    sameNode(a as JsonObject, b as JsonObject, `${prefix}${id}`, comparing),
  );
}

// oxlint-disable-next-line max-params -- as `sameBody`
function sameNode(
  before: JsonObject,
  after: JsonObject,
  path: string,
  comparing: Comparing,
): boolean {
  const { body: bodyBefore, params: paramsBefore = {}, label: _a, ...restBefore } = before;
  const { body: bodyAfter, params: paramsAfter = {}, label: _b, ...restAfter } = after;
  if (!sameValue(restBefore, restAfter)) return false;
  const isScalar = scalarsOf(before, comparing.registry);
  const sameParams = sameKeys(paramsBefore as JsonObject, paramsAfter as JsonObject, (name, a, b) =>
    typeof a === "number" && typeof b === "number" && isScalar(name)
      ? note(`${path}.${name}`, a, b, comparing)
      : sameValue(a, b),
  );
  if (!sameParams) return false;
  if (!isObject(bodyBefore) || !isObject(bodyAfter)) return sameValue(bodyBefore, bodyAfter);
  return sameBody(bodyBefore, bodyAfter, `${path}/`, comparing);
}

/** A zone's counts are numbers that a run may change; a node says which of its params are. */
function scalarsOf({ type, v, body }: JsonObject, registry: Registry): (name: string) => boolean {
  if (body !== undefined) return () => true;
  const definition: AnyNode | undefined =
    typeof type === "string" && typeof v === "number" ? registry.find(type, v) : undefined;
  return (name) => definition !== undefined && Object.hasOwn(definition.scalars.shape, name);
}

// oxlint-disable-next-line max-params -- a key, two values, and where it is noted
function note(key: string, before: number, after: number, { changes }: Comparing): true {
  if (!Object.is(before, after)) changes.set(key, after);
  return true;
}

function sameKeys(
  before: JsonObject,
  after: JsonObject,
  same: (key: string, a: Json, b: Json) => boolean,
): boolean {
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => Object.hasOwn(after, key) && same(key, before[key], after[key]))
  );
}

const isObject = (value: Json): value is JsonObject => typeof value === "object" && value !== null;
