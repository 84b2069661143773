import type { LucideIcon } from "lucide-react";

interface Props {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

/** A small button of one sign; its name is read and shown on hover. */
export function IconButton({ icon: Icon, label, onClick, pressed, disabled }: Props) {
  return (
    <button
      type="button"
      className="inspector-icon"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}
