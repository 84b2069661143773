import "uplot/dist/uPlot.min.css";
import { useEffect, useRef, useState } from "react";
import type UPlot from "uplot";
import { chartOptions, type ChartLook } from "./chart-options.ts";
import { usePalette } from "./palette.ts";

interface Props extends ChartLook {
  readonly label: string;
  /** The places along x, then one list a line; null leaves a gap. */
  readonly data: UPlot.AlignedData;
}

/** Lines over numbers. The drawing library is fetched when the first chart is shown. */
export function Chart({ label, data, ...look }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<UPlot | null>(null);
  const palette = usePalette();
  const key = JSON.stringify(look);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    let made: UPlot | null = null;
    let isOver = false;
    const make = async (): Promise<void> => {
      const { default: Plot } = await import("uplot");
      if (isOver || box.current === null) return;
      made = new Plot(chartOptions(look, palette, box.current), latest.current, box.current);
      setChart(made);
    };
    void make();
    return () => {
      isOver = true;
      made?.destroy();
      setChart(null);
    };
    // `key` says all that `look` does
  }, [key, palette]);
  useEffect(() => chart?.setData(data), [chart, data]);
  useEffect(() => {
    const element = box.current;
    if (element === null || chart === null) return undefined;
    const observer = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [chart]);
  return <div ref={box} className="viewers-chart" role="img" aria-label={label} />;
}
