import type { Command } from "./command.ts";

/** Back and forth in what was done. */
export const historyCommands: readonly Command[] = [
  {
    id: "history.undo",
    keys: ["$mod+z"],
    when: ({ editor }) =>
      editor.getState().history.past.length > 0 ? true : { key: "commands.lack.past" },
    run: ({ editor }) => void editor.actions.undo(),
  },
  {
    id: "history.redo",
    keys: ["$mod+Shift+z", "$mod+y"],
    when: ({ editor }) =>
      editor.getState().history.future.length > 0 ? true : { key: "commands.lack.future" },
    run: ({ editor }) => void editor.actions.redo(),
  },
  {
    id: "history.list",
    keys: ["$mod+Alt+z"],
    run: ({ view }) => view.setState({ dialog: "history" }),
  },
];
