import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Fault } from "./given-files.ts";

/** What is wrong, and what helps. */
export function Faults({
  faults,
  grave = true,
}: {
  readonly faults: readonly Fault[];
  /** Nothing goes on with it. */
  readonly grave?: boolean;
}) {
  const { t } = useTranslation();
  if (faults.length === 0) return null;
  return (
    <ul className="own-prior-faults" role={grave ? "alert" : undefined} data-grave={grave}>
      {faults.map((fault) => {
        const text = "key" in fault ? t(fault.key, fault.values ?? {}) : fault.message;
        return (
          <li key={text}>
            <TriangleAlert size={15} aria-hidden />
            <span>
              {text}
              {"fix" in fault && fault.fix !== undefined && <em> {fault.fix}</em>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
