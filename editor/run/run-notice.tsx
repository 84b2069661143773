import { Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { useCommands } from "../app/use-commands.ts";
import { useRun, useStudio } from "../app/use-studio.ts";
import { perform } from "../commands/perform.ts";
import { noticeOf, type Notice } from "./notice.ts";
import "./run-notice.css";

/** Says across the page that the engine or the server is gone, and what can be done; empty while all is well. */
export function RunNotice() {
  const { t } = useTranslation();
  const notice = useLasting(useRun(useShallow(noticeOf)));
  useAnnounceReturn();
  return (
    <div className="run-notices" role="status" aria-label={t("run.notice.label")}>
      {notice !== null && (
        <div className="run-notice" data-is={notice.is}>
          <Unplug size={15} aria-hidden />
          <p>
            <Words notice={notice} />
          </p>
          <Cures notice={notice} />
        </div>
      )}
    </div>
  );
}

function Words({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  switch (notice.is) {
    case "lost":
      return (
        <>
          <strong>{t("run.notice.lost")}</strong>{" "}
          {t(notice.isGoing ? "run.notice.lost-going" : "run.notice.lost-idle")}
        </>
      );
    case "crashed":
      return t("run.notice.crashed", { step: notice.step });
    case "interrupted":
      return notice.step === null
        ? t("run.notice.interrupted")
        : t("run.notice.interrupted-at", { step: notice.step, count: notice.count });
    default:
      return (
        <>
          <strong>{notice.issue.message}</strong> {notice.issue.fix}
        </>
      );
  }
}

function Cures({ notice: { is } }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const onServer = useRun(({ where }) => where === "server");
  return (
    <>
      {is === "lost" && <Cure id="run.reconnect" name={t("run.notice.reconnect")} />}
      {is === "crashed" && <Cure id="run.start" name={t("run.notice.go-on")} />}
      {(is === "ended" || is === "interrupted") && (
        <Cure id="run.restart" name={t("run.notice.again")} />
      )}
      {onServer && <Cure id="run.here" name={t("run.notice.here")} />}
    </>
  );
}

function Cure({ id, name }: { readonly id: string; readonly name: string }) {
  const studio = useStudio();
  const command = useCommands().find((each) => each.id === id);
  return (
    <button
      type="button"
      className="run-notice-button"
      onClick={() => command !== undefined && perform(studio, command)}
    >
      {name}
    </button>
  );
}

/** A connection that is back in a moment is not worth a word. */
const worthTellingMs = 700;

function useLasting(notice: Notice | null): Notice | null {
  const isLost = notice?.is === "lost";
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isLost) return setLasts(false);
    const timer = setTimeout(() => setLasts(true), worthTellingMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  return isLost && !lasts ? null : notice;
}

/** Says that the server is back, where it was lost before. */
function useAnnounceReturn(): void {
  const { run, announce } = useStudio();
  useEffect(
    () =>
      run.subscribe(({ connection: now }, { connection: before }) => {
        if (now?.is === "open" && before?.is === "lost") announce({ key: "run.notice.back" });
      }),
    [run, announce],
  );
}
