import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import { isPlainNode } from "../../../runtime/graph/document.ts";
import { useStudio } from "../../app/use-studio.ts";
import { Control } from "../controls/control-of.tsx";
import { setParam } from "../edits/set-param.ts";
import { fieldsOf, type ParamField } from "../fields/fields-of.ts";
import { isWide } from "../fields/values.ts";
import { Faults } from "../parts/faults.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { readParams } from "../../../runtime/graph/params.ts";
import type { Thing } from "../thing.ts";

type PlainThing = Extract<Thing, { kind: "node" }>;

/** Params of nodes that are all of one type: a change goes to all of them, as one entry of the history. */
export function SharedParams({ things }: { readonly things: readonly Thing[] }) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const nodes = things.filter((thing): thing is PlainThing => thing.kind === "node");
  const [first] = nodes;
  const same =
    first !== undefined &&
    isPlainNode(first.node) &&
    nodes.length === things.length &&
    nodes.every(
      ({ node }) =>
        node.type === first.node.type &&
        "v" in node &&
        "v" in first.node &&
        node.v === first.node.v,
    );
  const definition =
    same && isPlainNode(first.node) ? registry.find(first.node.type, first.node.v) : undefined;
  if (definition === undefined || first === undefined) return null;
  const params = fieldsOf(definition);
  if (params.length === 0) return null;
  return (
    <Section title={t("inspector.shared", { title: definition.title })}>
      {params.map((param) => (
        <SharedRow key={param.name} nodes={nodes} param={param} />
      ))}
    </Section>
  );
}

function SharedRow({
  nodes,
  param,
}: {
  readonly nodes: readonly PlainThing[];
  readonly param: ParamField;
}) {
  const { t } = useTranslation();
  const { editor, registry } = useStudio();
  const id = useId();
  const [refused, setRefused] = useState<Refused | null>(null);
  const values = nodes.map(({ node }) => node.params?.[param.name] ?? param.fallback);
  const isMixed = values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0]));
  const set = (value: unknown): void => {
    const [why = null] = nodes.flatMap((thing) => whyNot(thing, param.name, value, registry));
    setRefused(why === null ? null : { value, why });
    if (why !== null) return;
    const keys = nodes.map(({ key }) => key);
    editor.actions.edit(
      {
        label: { key: "inspector.edits.params", values: { name: param.name, count: nodes.length } },
        gesture: `params:${keys.join()}:${param.name}`,
      },
      (draft) => {
        for (const key of keys) setParam(key, param.name, value)(draft);
      },
    );
  };
  return (
    <div className="inspector-row" data-wide={isWide(param.field)} data-param={param.name}>
      <Name of={param.name} />
      <div className="inspector-control">
        <Control
          field={param.field}
          value={refused?.value ?? (isMixed ? undefined : values[0])}
          fallback={param.fallback}
          label={param.name}
          faulty={refused !== null}
          describedBy={refused === null ? undefined : id}
          onChange={set}
          onEnd={() => editor.actions.endGesture()}
          onCancel={() => setRefused(null)}
        />
        {isMixed && <p className="inspector-note">{t("inspector.mixed")}</p>}
      </div>
      <Faults id={id} issues={[]} refused={refused?.why ?? null} />
    </div>
  );
}

interface Refused {
  readonly value: unknown;
  readonly why: string;
}

/** Why a node may not take a value; nothing where it may. */
function whyNot(
  { node }: PlainThing,
  name: string,
  value: unknown,
  registry: Registry,
): readonly string[] {
  const definition = isPlainNode(node) ? registry.find(node.type, node.v) : undefined;
  if (definition === undefined) return [];
  const { faults } = readParams(definition, { ...node.params, [name]: value });
  return faults.filter(({ path }) => path[0] === name).map(({ message }) => message);
}
