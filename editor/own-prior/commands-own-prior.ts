import type { Command } from "../commands/command.ts";

export const ownPriorCommands: readonly Command[] = [
  { id: "file.ownPrior", run: ({ view }) => view.setState({ dialog: "own-prior" }) },
];
