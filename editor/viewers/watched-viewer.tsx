import type { PortType } from "../../runtime/graph/ports.ts";
import { useAnalysis } from "../app/use-studio.ts";
import { FrameFacts } from "./parts/frame-facts.tsx";
import { useFrame } from "./parts/use-frame.ts";
import { useViewerChoice } from "./parts/viewer-choices.ts";
import { ViewerChoice } from "./parts/viewer-choice.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { typeOfWire } from "./parts/wire-type.ts";
import { Viewer } from "./viewer.tsx";

interface Props {
  readonly wire: string;
  /** Where the caller knows it better than the wire's name says. */
  readonly type?: PortType | null;
  readonly large?: boolean;
  readonly sampleRate?: number;
}

/** A wire's frame with the choice of viewers above it and what is known of it below. */
export function WatchedViewer({ wire, type: given, ...rest }: Props) {
  const shown = useFrame(wire);
  const named = useAnalysis(({ document, types }) => typeOfWire(document, types, wire));
  const type = given ?? named;
  const choice = useViewerChoice(wire, type, shown?.frame.shape ?? []);
  if (shown === null) return <Waiting />;
  return (
    <div className="viewers-watched">
      <ViewerChoice {...choice} onChange={choice.choose} />
      <Viewer
        key={choice.viewer}
        viewer={choice.viewer}
        name={wire}
        type={type}
        {...shown}
        {...rest}
      />
      <FrameFacts shown={shown} />
    </div>
  );
}
