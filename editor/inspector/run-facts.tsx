import { useTranslation } from "react-i18next";
import { useAnalysis, useRun } from "../app/use-studio.ts";
import { uiNameOf, type Key } from "../document/keys.ts";
import { nodeStateOf, whyStaleAt, type NodeState } from "../run/node-state.ts";
import { outermostZone } from "../run/reach.ts";
import { duration, fileSize } from "../run/units.ts";
import { zoneCost } from "../run/zone-cost.ts";
import { formatNumber } from "../viewers/data/format-number.ts";
import { Section } from "./parts/section.tsx";
import { isWithin } from "../../runtime/graph/within.ts";

/** How a node stands to the last run, why, and what it or the zone around it costs. */
export function RunFacts({ thing }: { readonly thing: Key }) {
  const { t } = useTranslation();
  const document = useAnalysis((analysis) => analysis.document);
  const state = useRun((run) => nodeStateOf(run, document, thing));
  if (state === null) return null;
  return (
    <Section title={t("inspector.run.title")}>
      <p className="inspector-run" data-stale={state === "stale" || state === "error"}>
        <span>{t(`run.state.${state}`)}</span>
        <Why state={state} thing={thing} />
      </p>
      <Cost thing={thing} />
    </Section>
  );
}

function Why({ state, thing }: { readonly state: NodeState; readonly thing: Key }) {
  const { t } = useTranslation();
  const document = useAnalysis((analysis) => analysis.document);
  const why = useRun((run) => {
    const cause = whyStaleAt(run, document, thing);
    return cause === null ? "" : t(cause.key, { ...cause.values });
  });
  const from = useRun((run) => run.from);
  const name = uiNameOf(thing);
  const failure = useRun(({ issues }) =>
    issues.find(({ at: { node } }) => node !== undefined && isWithin(node, name)),
  );
  if (state === "error" && failure !== undefined) return <span>{failure.message}</span>;
  if (state === "kept")
    return (
      <span>
        {from === null ? t("run.cause.same") : t("inspector.run.kept", { step: from.iteration })}
      </span>
    );
  return state === "stale" ? <span>{why}</span> : null;
}

/** Counted, of the outermost zone that the thing is or lies in; nodes of a zone run as one program and have no time of their own. */
function Cost({ thing }: { readonly thing: Key }) {
  const { t } = useTranslation();
  const document = useAnalysis((analysis) => analysis.document);
  const zone = outermostZone(document, thing);
  const steps = useRun((run) => run.steps);
  const progress = useRun(({ zones }) => (zone === null ? undefined : zones[zone]));
  const bytes = useRun(({ shapes }) => bytesOf(shapes, uiNameOf(thing)));
  const peak = useRun(({ peakMemoryBytes }) => peakMemoryBytes);
  const cost = zone === null ? null : zoneCost({ steps }, zone);
  const facts: readonly (readonly [string, string])[] = [
    ...(progress === undefined
      ? []
      : [
          [
            t("inspector.run.iterations"),
            t("inspector.run.of", { done: progress.iteration, count: progress.count }),
          ] as const,
        ]),
    ...(cost === null
      ? []
      : ([
          [t("inspector.run.time"), duration(cost.ms)],
          [t("inspector.run.nfe"), formatNumber(cost.nfe, 3)],
          [t("inspector.run.vjps"), formatNumber(cost.vjpCalls, 3)],
        ] as const)),
    ...(bytes === 0 ? [] : [[t("inspector.run.memory"), fileSize(bytes)] as const]),
    ...(peak === null ? [] : [[t("inspector.run.peak"), fileSize(peak)] as const]),
  ];
  if (facts.length === 0) return null;
  return (
    <>
      <dl className="inspector-facts">
        {facts.map(([name, value]) => (
          <div className="inspector-fact" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {cost !== null && thing !== `graph/${zone}` && (
        <p className="inspector-soft">{t("inspector.run.fused", { zone })}</p>
      )}
    </>
  );
}

/** What the values of a node take as float32, of a zone with all that is in it. */
function bytesOf(shapes: Readonly<Record<string, readonly number[]>>, name: string): number {
  return Object.entries(shapes)
    .filter(([wire]) => isWithin(wire.slice(0, wire.lastIndexOf(".")), name))
    .reduce((sum, [, shape]) => sum + 4 * shape.reduce((size, n) => size * n, 1), 0);
}
