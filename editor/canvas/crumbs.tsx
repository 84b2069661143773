import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, pathOf } from "../document/keys.ts";

/** Where the canvas is: the graph, or a body dived into. */
export function Crumbs() {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const scope = useEditor((state) => state.scope);
  const name = useEditor(({ history }) => history.present.name);
  const steps = stepsTo(scope, name);
  if (steps.length < 2) return null;
  return (
    <nav className="canvas-crumbs" aria-label={t("canvas.where")}>
      {steps.map(({ key, label }, i) => (
        <Fragment key={key}>
          {i > 0 && <ChevronRight size={12} aria-hidden />}
          <button
            type="button"
            className="canvas-crumb"
            aria-current={i === steps.length - 1 ? "location" : undefined}
            onClick={() => editor.actions.dive(key)}
          >
            {label}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}

interface Step {
  readonly key: Key;
  readonly label: string;
}

/** The bodies on the way to a body. */
function stepsTo(scope: Key, name: string): readonly Step[] {
  const path = pathOf(scope);
  const root: Step[] =
    path[0] === "blocks"
      ? [
          { key: "graph", label: name },
          { key: keyOf(path.slice(0, 3)), label: path[1] ?? "" },
        ]
      : [{ key: "graph", label: name }];
  const start = path[0] === "blocks" ? 3 : 1;
  const steps = [...root];
  for (let i = start; i < path.length;) {
    const branch = path[i + 1] === "body" ? "" : ` · ${path[i + 1] ?? ""}`;
    const end = path[i + 1] === "body" ? i + 2 : i + 3;
    steps.push({ key: keyOf(path.slice(0, end)), label: `${path[i] ?? ""}${branch}` });
    i = end;
  }
  return steps;
}
