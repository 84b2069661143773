import { formatShape } from "../../../runtime/tensor/tensor.ts";
import type { Colours } from "../../terminal.ts";
import type { OperatorReport } from "../operator-check.ts";

/** A table of the operators, with what is wrong under each, and a verdict. */
export function formatOperatorCheck(
  reports: readonly OperatorReport[],
  colours: Colours,
): readonly string[] {
  const rows = reports.map((report) => cellsOf(report));
  const all = [heads, ...rows];
  const widths = heads.map((_, column) =>
    Math.max(...all.map((cells) => [...(cells[column] ?? "")].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd();
  const badge = {
    pass: colours.green("pass"),
    fail: colours.red("FAIL"),
    "not checked": colours.yellow("open"),
  };
  return [
    colours.dim(`      ${line(heads)}`),
    ...reports.flatMap((report, i) => [
      `${badge[report.verdict]}  ${line(rows[i] ?? [])}`,
      ...report.findings.map(({ verdict, message }) => `      ${verdict}: ${message}`),
      ...(report.why === undefined ? [] : [`      not checked: ${report.why}`]),
    ]),
    "",
    summaryOf(reports),
  ];
}

const heads = [
  "operator",
  "signal → measurement",
  "A",
  "Aᵀ",
  "gradient",
  "A A⁺ A",
  "P P",
  "V Vᵀ",
  "λ said",
  "found",
  "ms",
  "has",
];

function cellsOf({ name, checked }: OperatorReport): readonly string[] {
  if (checked === undefined) return [name];
  const { signal, measured, linear, lipschitz, has } = checked;
  return [
    name,
    `${formatShape(signal)} → ${formatShape(measured.measurement)}`,
    linear ? "linear" : "nonlinear",
    errorText(measured.adjoint),
    errorText(measured.gradient),
    errorText(measured.leftOut),
    errorText(measured.idempotence),
    errorText(measured.decomposition),
    numberText(lipschitz),
    measured.eigenvalue === undefined ? "–" : numberText(measured.eigenvalue),
    measured.milliseconds.toFixed(2),
    has.join(" "),
  ];
}

const errorText = (error: number | undefined) =>
  error === undefined ? "–" : error === 0 ? "0" : error.toExponential(0);
const numberText = (value: number) => String(Number(value.toPrecision(4)));

function summaryOf(reports: readonly OperatorReport[]): string {
  const count = (verdict: OperatorReport["verdict"]) =>
    reports.filter((report) => report.verdict === verdict).length;
  const open = count("not checked");
  return [
    `${count("pass")} of ${reports.length - open} operators do what they say`,
    ...(open === 0 ? [] : [`${open} not checked`]),
  ].join("; ");
}
