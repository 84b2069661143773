import "./own-files.css";
import {
  AudioLines,
  Boxes,
  BrainCircuit,
  Component,
  Download,
  Image,
  Plus,
  Trash2,
} from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { fileSize } from "../run/units.ts";
import { useStorage } from "../storage/use-storage.ts";
import { keepAll } from "./keep-all.ts";
import { namedFiles } from "./named-files.ts";
import type { OwnFile } from "./own-file.ts";
import { ownFileOf } from "./own-files.ts";
import { useOwnFiles, useOwnFilesState } from "./use-own-files.ts";

/** All own files, the newest first, and a way to add some. */
export function FileList() {
  const { t } = useTranslation();
  const files = useOwnFilesState((state) => state.files) ?? [];
  const kept = useOwnFilesState((state) => state.kept);
  const used = useUsed(files);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  return (
    <div className="own-files">
      {files.length === 0 ? (
        <p className="own-files-none">{t("files.none")}</p>
      ) : (
        <ul className="own-files-list">
          {files.toReversed().map((file) => (
            <Row key={file.name} file={file} isUsed={used.has(file.name)} />
          ))}
        </ul>
      )}
      <div className="own-files-foot">
        <p>
          {t(kept ? "files.total" : "files.notKept", {
            count: files.length,
            size: fileSize(total),
          })}
        </p>
        <AddButton />
      </div>
    </div>
  );
}

const icons = {
  picture: Image,
  model: BrainCircuit,
  audio: AudioLines,
  array: Boxes,
  block: Component,
} as const;

function Row({ file, isUsed }: { readonly file: OwnFile; readonly isUsed: boolean }) {
  const { t, i18n } = useTranslation();
  const files = useOwnFiles();
  const { actions } = useStorage();
  const { name, kind, size, at } = file;
  const Icon = icons[kind];
  const save = async () => {
    const content = await files.get(name);
    if (content !== null) actions.download(name, new Blob([content.bytes]));
  };
  const when = new Intl.DateTimeFormat(i18n.language === "pseudo" ? "en" : i18n.language, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(at);
  return (
    <li className="own-files-row">
      <Icon size={18} aria-hidden />
      <span className="own-files-what">
        <span className="own-files-name" title={name}>
          {name}
        </span>
        <span className="own-files-facts">
          {t(`files.kind.${kind}`)} · {fileSize(size)} · {when}
        </span>
      </span>
      {isUsed && <span className="own-files-used">{t("files.used")}</span>}
      <button
        type="button"
        className="app-icon-button"
        aria-label={t("files.save", { name })}
        title={t("files.save", { name })}
        onClick={() => void save()}
      >
        <Download size={15} aria-hidden />
      </button>
      <button
        type="button"
        className="app-icon-button"
        aria-label={t("files.remove", { name })}
        title={t("files.remove", { name })}
        onClick={() => void files.remove(name)}
      >
        <Trash2 size={15} aria-hidden />
      </button>
    </li>
  );
}

/** Names of the files that the open graph uses. */
function useUsed(files: readonly OwnFile[]): ReadonlySet<string> {
  const { registry } = useStudio();
  const { isReserved } = useOwnFiles();
  const document = useEditor(({ history }) => history.present);
  const named = namedFiles(document, registry, isReserved);
  return new Set(named.flatMap((each) => ownFileOf(each, files)?.name ?? []));
}

function AddButton() {
  const { t } = useTranslation();
  const files = useOwnFiles();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>("");
  const add = async (given: readonly File[]) => {
    const words = await keepAll(files, given);
    setProblem(words.map(({ key, values }) => t(key, values ?? {})).join(" "));
  };
  return (
    <>
      <span role="status" className="own-files-problem">
        {problem}
      </span>
      <button
        type="button"
        className="storage-button storage-button-main"
        onClick={() => input.current?.click()}
      >
        <Plus size={15} aria-hidden />
        {t("files.add")}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          const given = [...(target.files ?? [])];
          target.value = "";
          void add(given);
        }}
      />
    </>
  );
}
