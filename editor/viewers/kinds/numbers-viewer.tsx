import { useTranslation } from "react-i18next";
import { floatsOf } from "../data/floats.ts";
import { formatNumber } from "../data/format-number.ts";
import type { ViewerProps } from "./viewer-props.ts";

const mostRows = 64;
const mostColumns = 16;

/** The values themselves, the last axis across. */
export function NumbersViewer({ name, frame }: ViewerProps) {
  const { t } = useTranslation();
  const values = floatsOf(frame);
  const across = frame.shape.length < 2 ? 1 : (frame.shape.at(-1) ?? 1);
  const rows = across === 0 ? 0 : values.length / across;
  const [shownRows, shownColumns] = [Math.min(rows, mostRows), Math.min(across, mostColumns)];
  const isCut = shownRows < rows || shownColumns < across;
  return (
    <div
      className="viewers-numbers"
      tabIndex={0}
      role="region"
      aria-label={t("viewers.numbers.label", { name })}
    >
      <table translate="no">
        <tbody>
          {Array.from({ length: shownRows }, (_, row) => (
            <tr key={row}>
              <th scope="row">{placeOf(row, frame.shape)}</th>
              {Array.from({ length: shownColumns }, (_, column) => (
                <NumberCell key={column} value={values[row * across + column] ?? NaN} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && (
        <p className="viewers-facts">
          {t("viewers.numbers.more", {
            rows: shownRows,
            allRows: rows,
            columns: shownColumns,
            allColumns: across,
          })}
        </p>
      )}
    </div>
  );
}

function NumberCell({ value }: { readonly value: number }) {
  return (
    <td className={Number.isFinite(value) ? undefined : "viewers-bad"}>{formatNumber(value)}</td>
  );
}

/** The place of a row among all axes but the last: `0, 2`. */
function placeOf(row: number, shape: readonly number[]): string {
  const axes = shape.length < 2 ? shape : shape.slice(0, -1);
  let rest = row;
  const places = axes.toReversed().map((size) => {
    const at = rest % size;
    rest = Math.floor(rest / size);
    return at;
  });
  return places.toReversed().join(", ");
}
