import "./viewers.css";
import { unreachable } from "../../runtime/base/unreachable.ts";
import { AudioViewer } from "./kinds/audio-viewer.tsx";
import { ComplexViewer } from "./kinds/complex-viewer.tsx";
import { CurveViewer } from "./kinds/curve-viewer.tsx";
import { HistogramViewer } from "./kinds/histogram-viewer.tsx";
import { ImageViewer, SignedViewer } from "./kinds/image-viewer.tsx";
import { NumbersViewer } from "./kinds/numbers-viewer.tsx";
import { ScatterViewer } from "./kinds/scatter-viewer.tsx";
import { SpectrumViewer } from "./kinds/spectrum-viewer.tsx";
import type { ViewerProps } from "./kinds/viewer-props.ts";
import type { ViewerName } from "./viewers-for.ts";

/** A tensor in one of the ways to look at it. */
export function Viewer({ viewer, ...props }: ViewerProps & { readonly viewer: ViewerName }) {
  return <div className="viewers-viewer">{content(viewer, props)}</div>;
}

function content(viewer: ViewerName, props: ViewerProps) {
  switch (viewer) {
    case "image":
      return <ImageViewer {...props} />;
    case "signed":
      return <SignedViewer {...props} />;
    case "complex":
      return <ComplexViewer {...props} />;
    case "scatter":
      return <ScatterViewer {...props} />;
    case "histogram":
      return <HistogramViewer {...props} />;
    case "spectrum":
      return <SpectrumViewer {...props} />;
    case "curve":
      return <CurveViewer {...props} />;
    case "audio":
      return <AudioViewer {...props} />;
    case "numbers":
      return <NumbersViewer {...props} />;
    default:
      return unreachable(viewer);
  }
}
