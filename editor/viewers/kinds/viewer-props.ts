import type { PortType } from "../../../runtime/graph/ports.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import type { FrameTrack } from "../../run/run-store.ts";

/** What a viewer is given. */
export interface ViewerProps {
  /** The wire, for those who hear rather than see. */
  readonly name: string;
  readonly frame: TensorData;
  /** Null where it cannot be told. */
  readonly type: PortType | null;
  /** All frames of the wire; null where the frame is of no run. */
  readonly track: FrameTrack | null;
  /** Which of them is shown. */
  readonly index: number;
  /** There is room for every control. */
  readonly large?: boolean;
  /** Samples a second, of sequences that are sound. */
  readonly sampleRate?: number;
}
