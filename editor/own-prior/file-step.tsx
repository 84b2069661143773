import { FileUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Faults } from "./faults.tsx";
import { Going } from "./going.tsx";
import { pickFiles } from "./pick-files.ts";
import type { AnswerTo } from "./prior-checks.ts";
import { TensorRoles } from "./tensor-roles.tsx";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

/** The file: what it is called, takes and gives, and the card beside it. */
export function FileStep() {
  const given = useOwnPrior((state) => state.given);
  const read = useOwnPrior((state) => state.read);
  return (
    <>
      {given === null && <Choose />}
      <Going ask="read" work={read} />
      {read.is === "failed" && <Faults faults={read.faults} />}
      {given !== null && read.is === "failed" && <Choose />}
      {given !== null && read.is === "done" && <Facts read={read.answer} />}
    </>
  );
}

function Choose() {
  const { t } = useTranslation();
  const { take } = useOwnPriorActions();
  return (
    <div className="own-prior-drop">
      <FileUp size={28} aria-hidden />
      <p>{t("priors.file.drop")}</p>
      <button
        type="button"
        className="storage-button storage-button-main"
        autoFocus
        onClick={() => void pickFiles(".onnx,.json").then((files) => take(files))}
      >
        {t("priors.file.choose")}
      </button>
      <small>{t("priors.file.stays")}</small>
    </div>
  );
}

function Facts({ read }: { readonly read: AnswerTo<"read"> }) {
  const { t } = useTranslation();
  const given = useOwnPrior((state) => state.given);
  const { signature, sha256, issues, faults } = read;
  if (given === null) return null;
  const { parameters, opset, producer } = signature;
  const facts = [
    ["name", given.model.name],
    ["size", t("priors.file.megabytes", { size: (given.model.bytes.length / 2 ** 20).toFixed(1) })],
    ["sha256", sha256],
    ["parameters", t("priors.file.millions", { count: Number((parameters / 1e6).toPrecision(3)) })],
    ["made", [producer, t("priors.file.opset", { opset })].filter(Boolean).join(", ")],
  ] as const;
  const isWhole = faults.every(({ code }) => code !== "model.external");
  return (
    <>
      <dl className="own-prior-facts" translate="no">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`priors.file.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <CardFact />
      </dl>
      <Ports read={read} />
      <Faults faults={issues} />
      <TensorRoles read={read} />
      <Faults faults={faults} grave={!isWhole} />
      {!isWhole || faults.length === 0 ? null : (
        <p className="own-prior-note">{t("priors.file.noGradient")}</p>
      )}
    </>
  );
}

function CardFact() {
  const { t } = useTranslation();
  const { take } = useOwnPriorActions();
  const name = useOwnPrior(({ given }) => given?.cardName ?? null);
  return (
    <div>
      <dt>{t("priors.file.card")}</dt>
      <dd>
        {name ?? t("priors.file.noCard")}{" "}
        <button
          type="button"
          className="own-prior-link"
          onClick={() =>
            void pickFiles(".json").then((files) => (files.length > 0 ? take(files) : undefined))
          }
        >
          {t(name === null ? "priors.file.chooseCard" : "priors.file.otherCard")}
        </button>
      </dd>
    </div>
  );
}

function Ports({ read: { signature } }: { readonly read: AnswerTo<"read"> }) {
  const { t } = useTranslation();
  return (
    <table className="own-prior-ports">
      <thead>
        <tr>
          {(["way", "tensor", "type", "shape"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`priors.file.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(["inputs", "outputs"] as const).flatMap((way) =>
          signature[way].map(({ name, dtype, dims }) => (
            <tr key={`${way} ${name}`}>
              <td>{t(`priors.file.${way}`)}</td>
              <th scope="row" translate="no">
                {name}
              </th>
              <td translate="no">{dtype}</td>
              <td translate="no">{dims.length === 0 ? "·" : dims.join(" × ")}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
