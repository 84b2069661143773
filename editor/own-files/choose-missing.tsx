import "./choose-missing.css";
import { FileUp } from "lucide-react";
import { useContext, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Issue } from "../../runtime/base/issue.ts";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { fileLackedBy } from "./missing-file.ts";
import type { OwnFiles } from "./own-files.ts";
import { relink } from "./relink.ts";
import { OwnFilesContext } from "./use-own-files.ts";

interface Props {
  readonly issue: Issue;
}

/** The cure of an issue about a file that is not there: choose it. Nothing where the issue is about something else. */
export function ChooseMissing(props: Props) {
  const files = useContext(OwnFilesContext);
  return files === null ? null : <Choose {...props} files={files} />;
}

function Choose({ issue, files }: Props & { readonly files: OwnFiles }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const document = useEditor(({ history }) => history.present);
  const input = useRef<HTMLInputElement>(null);
  const lacked = fileLackedBy(issue, document, { registry: studio.registry, files });
  if (lacked === null) return null;
  return (
    <span className="own-files-choose">
      <button type="button" className="storage-button" onClick={() => input.current?.click()}>
        <FileUp size={13} aria-hidden />
        {t("files.choose", { name: lacked.file })}
      </button>
      <input
        ref={input}
        type="file"
        multiple={lacked.kind === "model"}
        hidden
        onChange={({ target }) => {
          const [file, ...beside] = cardLast([...(target.files ?? [])]);
          target.value = "";
          if (file !== undefined) void relink(studio, files, file, { lacked, beside });
        }}
      />
    </span>
  );
}

/** A model may be chosen together with its card. */
const cardLast = (given: readonly File[]): readonly File[] =>
  given.toSorted((a, b) => Number(a.name.endsWith(".json")) - Number(b.name.endsWith(".json")));
