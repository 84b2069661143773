import type { AssetDefault, Document } from "../../runtime/graph/document.ts";

/** The output that is the restored picture. */
export const restoredWire = "=x0";

/** The picture that a document restores; null where it is no restoration of one. */
export function measuredPicture({ inputs, outputs }: Document): AssetDefault | null {
  const measured = Object.values(inputs).find(({ kind }) => kind === "measurement")?.default;
  const isFile = typeof measured === "object" && "asset" in measured;
  const isRestored = Object.hasOwn(outputs, restoredWire.slice(1));
  return isFile && isRestored && !/\.(?:npy|wav)$/iu.test(measured.asset) ? measured : null;
}
