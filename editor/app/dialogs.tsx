import { CommandsDialog } from "../commands/commands-dialog.tsx";
import { HistoryDialog } from "../commands/history-dialog.tsx";
import { ShortcutsDialog } from "../commands/shortcuts-dialog.tsx";
