import { unreachable } from "../../runtime/base/unreachable.ts";
import type { Key } from "../document/keys.ts";
import type { RailView } from "../document/view/view.ts";

/** Where a rail stands in the file; an output of both branches is named by `outputs` of its zone. */
export function railKeyOf(zone: Key, { kind, name }: Pick<RailView, "kind" | "name">): Key {
  switch (kind) {
    case "state":
      return `${zone}/states/${name}`;
    case "each":
      return `${zone}/each/${name}`;
    case "scan":
      return `${zone}/scans/${name}`;
    case "stop":
    case "while":
      return `${zone}/${kind}`;
    case "output":
      return `${zone}/outputs/${name}`;
    case "counter":
      return `${zone}/counters/${name}`;
    default:
      return unreachable(kind);
  }
}
