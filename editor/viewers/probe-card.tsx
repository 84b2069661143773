import { Ellipsis, Maximize2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis } from "../app/use-studio.ts";
import { FrameFacts } from "./parts/frame-facts.tsx";
import { saveNpy, savePng } from "./parts/save-frame.ts";
import { useFrame, type Shown } from "./parts/use-frame.ts";
import { useViewerChoice } from "./parts/viewer-choices.ts";
import { ViewerChoice } from "./parts/viewer-choice.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { typeOfWire } from "./parts/wire-type.ts";
import { Viewer } from "./viewer.tsx";

interface Props {
  readonly wire: string;
  readonly sampleRate?: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: -1 | 1) => void;
  /** Another probe was dropped here. */
  readonly onDrop: (wire: string) => void;
  readonly onRemove: () => void;
  readonly onEnlarge: () => void;
}

const dragType = "application/x-denoodle-probe";

/** One probe: its name, its viewer and what is known of the frame. */
export function ProbeCard(props: Props) {
  const { wire, sampleRate, onMove, onDrop, onRemove, onEnlarge } = props;
  const { t } = useTranslation();
  const shown = useFrame(wire);
  const type = useAnalysis(({ document, types }) => typeOfWire(document, types, wire));
  const choice = useViewerChoice(wire, type, shown?.frame.shape ?? []);
  const body = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const keys: Readonly<Record<string, () => void>> = {
      Delete: onRemove,
      Enter: onEnlarge,
      ...(event.altKey ? { ArrowLeft: () => onMove(-1), ArrowRight: () => onMove(1) } : {}),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <li
      className="viewers-card"
      tabIndex={0}
      aria-label={t("viewers.card.label", { wire })}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
      }}
      onDrop={(event) => onDrop(event.dataTransfer.getData(dragType))}
    >
      <header
        className="viewers-card-head"
        draggable
        onDragStart={(event) => event.dataTransfer.setData(dragType, wire)}
      >
        <WireTitle wire={wire} />
        {shown !== null && <ViewerChoice {...choice} onChange={choice.choose} />}
        <button
          type="button"
          className="viewers-icon"
          aria-label={t("viewers.card.enlarge", { wire })}
          title={t("viewers.card.enlarge", { wire })}
          onClick={onEnlarge}
        >
          <Maximize2 size={13} aria-hidden />
        </button>
        <CardMenu {...props} shown={shown} body={body} />
      </header>
      <div className="viewers-card-body" ref={body}>
        {shown === null ? (
          <Waiting />
        ) : (
          <Viewer
            key={choice.viewer}
            viewer={choice.viewer}
            name={wire}
            type={type}
            {...shown}
            {...(sampleRate === undefined ? {} : { sampleRate })}
          />
        )}
      </div>
      {shown !== null && <FrameFacts shown={shown} />}
    </li>
  );
}

/** The name of a wire; the zones around it are less than the port, and are cut first. */
export function WireTitle({ wire }: { readonly wire: string }) {
  const at = wire.lastIndexOf("/") + 1;
  return (
    <span className="viewers-title" title={wire} translate="no">
      {at > 0 && <span className="viewers-title-path">{wire.slice(0, at)}</span>}
      <b>{wire.slice(at)}</b>
    </span>
  );
}

interface MenuProps extends Props {
  readonly shown: Shown | null;
  readonly body: RefObject<HTMLDivElement | null>;
}

function CardMenu({ wire, isFirst, isLast, onMove, onRemove, shown, body }: MenuProps) {
  const { t } = useTranslation();
  const item = (name: string, isOff: boolean, act: () => void) => (
    <DropdownMenu.Item className="app-menu-item viewers-menu-item" disabled={isOff} onSelect={act}>
      {t(name)}
    </DropdownMenu.Item>
  );
  const png = (): void => {
    if (body.current !== null) savePng(wire, body.current).catch(reportError);
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="viewers-icon" aria-label={t("viewers.card.menu", { wire })}>
        <Ellipsis size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="app-menu" align="end" sideOffset={4}>
          {item("viewers.card.earlier", isFirst, () => onMove(-1))}
          {item("viewers.card.later", isLast, () => onMove(1))}
          {item("viewers.card.png", shown === null, png)}
          {item("viewers.card.npy", shown === null, () => {
            if (shown !== null) saveNpy(wire, shown.frame);
          })}
          {item("viewers.card.remove", false, onRemove)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
