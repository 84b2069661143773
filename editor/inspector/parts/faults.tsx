import { TriangleAlert } from "lucide-react";
import type { Issue } from "../../../runtime/base/issue.ts";
import { useTranslation } from "react-i18next";
import { FixButtons } from "../../problems/fix-buttons.tsx";

interface Props {
  readonly id?: string;
  readonly issues: readonly Issue[];
  /** Why what was typed was not taken. */
  readonly refused?: string | null;
}

/** What is wrong, in words, under the field that it is about. */
export function Faults({ id, issues, refused = null }: Props) {
  const { t } = useTranslation();
  if (issues.length === 0 && refused === null) return null;
  return (
    <div className="inspector-faults" id={id} role={refused === null ? undefined : "status"}>
      {refused !== null && (
        <p>
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {refused} <em>{t("inspector.notApplied")}</em>
          </span>
        </p>
      )}
      {refused === null &&
        issues.map((issue) => (
          <div key={`${issue.code} ${issue.at.path?.join("/")} ${issue.message}`}>
            <p>
              <TriangleAlert size={14} aria-hidden="true" />
              <span>
                {issue.message} {issue.fix}
              </span>
            </p>
            <FixButtons issue={issue} />
          </div>
        ))}
    </div>
  );
}
