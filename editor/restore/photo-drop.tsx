import { ImageUp } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly onFile: (file: File) => void;
}

/** Where a photo is dropped, or chosen. */
export function PhotoDrop({ onFile }: Props) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    setOver(false);
    onFile(file);
  };
  return (
    <div
      className="restore-drop"
      data-over={isOver}
      onDragEnter={() => setOver(true)}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget))
          setOver(false);
      }}
      onDrop={drop}
    >
      <ImageUp size={40} strokeWidth={1.4} aria-hidden />
      <p className="restore-drop-lead">{t("restore.drop.lead")}</p>
      <PhotoChoice main onFile={onFile} label={t("restore.drop.choose")} />
      <p className="restore-soft">{t("restore.drop.kinds")}</p>
    </div>
  );
}

interface ChoiceProps extends Props {
  readonly label: string;
  readonly main?: boolean;
}

/** A button that asks for a picture of this computer. */
export function PhotoChoice({ label, main = false, onFile }: ChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={`storage-button${main ? " storage-button-main" : ""}`}
        autoFocus={main}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
