import { useTranslation } from "react-i18next";
import { isBlockNode, isZone } from "../../../runtime/graph/document.ts";
import { useAnalysis, useStudio } from "../../app/use-studio.ts";
import { nodeView } from "../../document/node-view.ts";
import { ParamForm } from "../params/param-form.tsx";
import { shapesOfNode, type ParamShapes } from "../params/param-host.ts";
import { Faults } from "../parts/faults.tsx";
import { InputList } from "../parts/port-list.tsx";
import { OutputList } from "../parts/output-list.tsx";
import { RunFacts } from "../run-facts.tsx";
import { NodeValues } from "../values/node-values.tsx";
import { NodeFormula } from "../docs/node-formula.tsx";
import { docsPage } from "../docs/page.ts";
import type { Thing } from "../thing.ts";
import { ThingHeader } from "./header.tsx";
import { RailList } from "./rail-list.tsx";
import { useOwnIssues } from "../parts/use-own-issues.ts";
import { GhostParams } from "./ghost-params.tsx";
import { BlockActions } from "./block-actions.tsx";

type InBody = Extract<Thing, { kind: "node" | "zone" | "block" }>;

/** A node, a zone or a use of a block: what it is, its params, its wires and rails. */
export function NodePanel({ thing }: { readonly thing: InBody }) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const analysis = useAnalysis((now) => now);
  const issues = useOwnIssues(thing.key);
  const { node, scope, id, key } = thing;
  const view = nodeView(scope, id, analysis, registry);
  const shapes = useShapes(thing);
  const page = docsPage([key], analysis, registry);
  if (view === null) return null;
  const version = "v" in node ? t("inspector.version", { type: view.type, v: node.v }) : view.type;
  const isLoopLike = isZone(node);
  return (
    <>
      <ThingHeader
        symbol={view.symbol}
        family={view.family}
        title={view.title}
        kind={version}
        rename={key}
        labelled
      >
        {isBlockNode(node) && <BlockActions use={node.use} />}
      </ThingHeader>
      <Faults issues={issues} />
      <RunFacts thing={key} />
      {shapes === null ? (
        <GhostParams given={node.params ?? {}} />
      ) : (
        <ParamForm
          key={key}
          host={{ key, shapes, given: node.params ?? {}, wires: node.in ?? {}, scope }}
        />
      )}
      {page.kind === "node" && <NodeFormula page={page} />}
      <NodeValues view={view} />
      {isLoopLike ? (
        <>
          <InputList ports={view.inputs.filter((port) => port.key.startsWith(`${key}/in/`))} />
          <RailList zone={key} node={node} rails={view.rails} />
        </>
      ) : (
        <>
          <InputList ports={view.inputs} />
          <OutputList ports={view.outputs} />
        </>
      )}
    </>
  );
}

/** The params that a node can have; null for a ghost. */
function useShapes({ node }: InBody): ParamShapes | null {
  const { registry } = useStudio();
  const blocks = useAnalysis(({ document }) => document.blocks);
  return shapesOfNode(node, blocks, registry);
}
