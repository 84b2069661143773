import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { floatsOf } from "../data/floats.ts";
import { layoutOf } from "../data/layout.ts";
import { pointsOf } from "../data/points.ts";
import type { Extent } from "../draw/axes.ts";
import { contourOf, type Segments } from "../draw/contours.ts";
import { gridOfPoints, levelsOfMass } from "../draw/density.ts";
import { histogramOf, type Histogram } from "../draw/histogram.ts";
import {
  lineSpectrum,
  powerOfTwo,
  radialSpectrum,
  shortTimePower,
  type PowerSpectrum,
} from "../draw/power-spectrum.ts";
import type { AxisPair } from "../draw/splat.ts";
import type { Range } from "../draw/value-range.ts";

/** A spectrogram in decibels: `bins` numbers a column, low frequencies first. */
export interface Spectrogram {
  readonly bins: number;
  readonly columns: number;
  readonly decibels: Float32Array;
}

/** Of one sample; null of all. */
type Sample = number | null;

/** The most sequences or planes whose spectra are averaged. */
const mostSpectra = 12;

/** What is worked out of a tensor off the main thread. */
export const tasks = {
  histogram(tensor: TensorData, bins: number, range: Range | null, sample: Sample): Histogram {
    return histogramOf(sampleOf(tensor, sample), bins, range);
  },

  /** The mean over channels and, where no sample is chosen, over samples. */
  spectrum(tensor: TensorData, sample: Sample): PowerSpectrum {
    const layout = layoutOf(tensor.shape);
    const values = sampleOf(tensor, sample);
    const length = layout.kind === "image" ? layout.height * layout.width : lastOf(tensor);
    const planes = Math.min(mostSpectra, values.length / length);
    const all = Array.from({ length: planes }, (_, i) => {
      const plane = values.subarray(i * length, (i + 1) * length);
      if (layout.kind === "image") return radialSpectrum(plane, layout.height, layout.width);
      return lineSpectrum(plane, Math.min(2048, powerOfTwo(length)));
    });
    return meanOf(all);
  },

  spectrogram(tensor: TensorData, line: number, size: number, columns: number): Spectrogram {
    const length = lastOf(tensor);
    const values = floatsOf(tensor).subarray(line * length, (line + 1) * length);
    const hop = Math.max(1, Math.floor((length - size) / columns));
    const power = shortTimePower(values, size, hop);
    const bins = size / 2 + 1;
    const floor = 1e-10;
    const decibels = power.map((value) => 10 * Math.log10(value + floor));
    return { bins, columns: power.length / bins, decibels };
  },

  /** Lines around the regions of highest density that hold the given parts of the points. */
  contours(
    tensor: TensorData,
    axes: AxisPair,
    extent: Extent,
    parts: readonly number[],
  ): readonly Segments[] {
    const cells = { columns: 96, rows: 96, radius: 2 };
    const grid = gridOfPoints(pointsOf(tensor), axes, extent, cells);
    return levelsOfMass(grid.values, parts).map((level) => contourOf(grid, level));
  },
} as const;

export type Tasks = typeof tasks;

const lastOf = ({ shape }: TensorData): number => shape.at(-1) ?? 1;

function sampleOf(tensor: TensorData, sample: Sample): Float32Array {
  const values = floatsOf(tensor);
  if (sample === null) return values;
  const size = values.length / Math.max(1, layoutOf(tensor.shape).batch);
  return values.subarray(sample * size, (sample + 1) * size);
}

function meanOf(spectra: readonly PowerSpectrum[]): PowerSpectrum {
  const [first] = spectra;
  if (first === undefined) return { frequency: new Float32Array(), power: new Float32Array() };
  const power = first.power.map(
    (_, i) => spectra.reduce((sum, spectrum) => sum + (spectrum.power[i] ?? 0), 0) / spectra.length,
  );
  return { frequency: first.frequency, power };
}
