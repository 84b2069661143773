import type { PaletteEntry } from "../document/palette.ts";

const format = "application/x-denoodle-entry";

/** An entry of the library on its way to the canvas. */
export const draggedEntry = {
  put(transfer: DataTransfer, { id }: Pick<PaletteEntry, "id">): void {
    transfer.setData(format, id);
    transfer.effectAllowed = "copy";
  },
  isIn: ({ types }: DataTransfer): boolean => types.includes(format),
  /** Its id; empty where something else is dragged. */
  idIn: (transfer: DataTransfer): string => transfer.getData(format),
};
