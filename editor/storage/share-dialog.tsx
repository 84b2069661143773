import { Check, Copy } from "lucide-react";
import { Tabs } from "radix-ui";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import { uiOf } from "../document/ui.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { runCommand } from "./run-command.ts";
import { isLoopback } from "./loopback.ts";
import { longLink, shareLink } from "./share-link.ts";
import { useStored } from "./use-storage.ts";

/** The open graph as a link, as text, and as the command line that runs it. */
export function ShareDialog() {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "share");
  return (
    <DialogFrame
      name="share"
      title={t("storage.share.title")}
      description={t("storage.share.about")}
    >
      {open && <Forms />}
    </DialogFrame>
  );
}

const forms = ["link", "file", "command"] as const;

function Forms() {
  const { t } = useTranslation();
  const document = useEditor(({ history }) => history.present);
  const fileName = useStored((state) => state.origin.fileName);
  const texts = useMemo(
    () => ({
      link: shareLink(document, location.href),
      file: writeDocument(document),
      command: runCommand(fileName, uiOf(document)),
    }),
    [document, fileName],
  );
  return (
    <Tabs.Root className="storage-share" defaultValue="link">
      <Tabs.List className="storage-share-tabs" aria-label={t("storage.share.forms")}>
        {forms.map((form) => (
          <Tabs.Trigger key={form} value={form} className="storage-share-tab">
            {t(`storage.share.${form}.name`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {forms.map((form) => (
        <Tabs.Content key={form} value={form} className="storage-share-form">
          <textarea
            className="storage-text"
            readOnly
            value={texts[form]}
            rows={form === "file" ? 14 : 4}
            wrap={form === "file" ? "off" : "soft"}
            spellCheck={false}
            aria-label={t(`storage.share.${form}.name`)}
            onFocus={(event) => event.target.select()}
          />
          <div className="storage-share-foot">
            <Note form={form} text={texts[form]} />
            <CopyButton text={texts[form]} />
          </div>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

interface NoteProps {
  readonly form: (typeof forms)[number];
  readonly text: string;
}

/** What is to be known of a form before it is sent; first where a link opens at all. */
function Note({ form, text }: NoteProps) {
  const { t } = useTranslation();
  const warning = form === "link" ? warningOf(text) : null;
  const size = (text.length / 1024).toFixed(1);
  return (
    <p className={warning === null ? "storage-note" : "storage-warn"}>
      {t(warning ?? `storage.share.${form}.note`, { size })}
    </p>
  );
}

function warningOf(link: string): string | null {
  if (isLoopback(location.hostname)) return "storage.share.link.local";
  return link.length > longLink ? "storage.share.link.long" : null;
}

/** Copies, and says whether it did. */
function CopyButton({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<{ readonly text: string; readonly done: boolean } | null>(
    null,
  );
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied({ text, done: true });
    } catch (fault) {
      if (!(fault instanceof DOMException) && !(fault instanceof TypeError)) throw fault;
      setCopied({ text, done: false });
    }
  };
  const said = copied?.text === text ? copied : null;
  return (
    <>
      <span role="status" className="storage-note">
        {said !== null && !said.done ? t("storage.share.notCopied") : ""}
      </span>
      <button
        type="button"
        className="storage-button storage-button-main"
        onClick={() => void copy()}
      >
        {said?.done === true ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {t(said?.done === true ? "storage.share.copied" : "storage.share.copy")}
      </button>
    </>
  );
}
