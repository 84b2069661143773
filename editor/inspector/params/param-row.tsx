import { useId } from "react";
import { own } from "../../../runtime/graph/own.ts";
import { Control } from "../controls/control-of.tsx";
import type { ParamField } from "../fields/fields-of.ts";
import { isWide } from "../fields/values.ts";
import { ModelControl } from "../../own-prior/model-control.tsx";
import { namesModel } from "../../own-prior/model-params.ts";
import { Faults } from "../parts/faults.tsx";
import { Name } from "../parts/name.tsx";
import { useIssues } from "../parts/use-issues.ts";
import { ExpressionControl } from "./expression-control.tsx";
import type { ScopeName } from "./expression-names.ts";
import { ParamActions } from "./param-actions.tsx";
import type { ParamHost } from "./param-host.ts";
import { useParam, type Param } from "./use-param.ts";
import { WiredRow } from "./wired-row.tsx";

interface Props {
  readonly host: ParamHost;
  readonly param: ParamField;
  /** What an expression of it may read. */
  readonly names: readonly ScopeName[];
}

/** One param: its name, the field or the wire that gives it, and what is wrong with it. */
export function ParamRow({ host, param, names }: Props) {
  const wire = own(host.wires, param.name);
  return wire === undefined ? (
    <ValueRow host={host} param={param} names={names} />
  ) : (
    <WiredRow host={host} param={param} wire={wire} />
  );
}

function ValueRow({ host, param, names }: Props) {
  const id = useId();
  const issues = useIssues(`${host.key}/params/${param.name}`);
  const state = useParam(host, param);
  const faulty = state.refused !== null || issues.length > 0;
  return (
    <div className="inspector-row" data-wide={isWide(param.field)} data-param={param.name}>
      <Name of={param.name} title={param.description} required={param.required} />
      <div className="inspector-control">
        <Value
          param={param}
          state={state}
          names={names}
          fault={faulty ? id : undefined}
          isModel={namesModel(host.shapes, param.name)}
        />
      </div>
      <ParamActions param={param} state={state} />
      <Faults id={id} issues={issues} refused={state.refused?.why ?? null} />
    </div>
  );
}

interface ValueProps {
  readonly param: ParamField;
  readonly state: Param;
  readonly names: readonly ScopeName[];
  /** Id of the sentence that says what is wrong. */
  readonly fault: string | undefined;
  /** It names a model file. */
  readonly isModel: boolean;
}

function Value({ param, state, names, fault, isModel }: ValueProps) {
  const { value, written, refused, isExpression } = state;
  const shared = {
    label: param.name,
    faulty: fault !== undefined,
    describedBy: fault,
    onEnd: state.end,
    onCancel: state.cancel,
    onChange: state.set,
  };
  if (isExpression)
    return (
      <ExpressionControl {...shared} text={typeof value === "string" ? value : "="} names={names} />
    );
  const Chosen = isModel ? ModelControl : Control;
  return (
    <Chosen
      {...shared}
      field={param.field}
      value={value}
      fallback={param.fallback}
      isFallback={written === undefined && refused === null}
    />
  );
}
