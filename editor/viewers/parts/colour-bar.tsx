import { cssColour, type ColourMapName } from "../colour/colour-map.ts";
import { formatNumber } from "../data/format-number.ts";
import type { Range } from "../draw/value-range.ts";

/** What the colours of a picture stand for. */
export function ColourBar({
  map,
  range,
  unit = "",
}: {
  readonly map: ColourMapName;
  readonly range: Range;
  readonly unit?: string;
}) {
  const stops = Array.from({ length: 17 }, (_, i) => cssColour(map, i / 16));
  return (
    <span className="viewers-bar" translate="no">
      <span>{formatNumber(range[0], 3)}</span>
      <span
        className="viewers-bar-colours"
        style={{ background: `linear-gradient(to right, ${stops.join(",")})` }}
      />
      <span>
        {formatNumber(range[1], 3)}
        {unit}
      </span>
    </span>
  );
}
