const steps: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moves the focus among the buttons of a grid, whose columns are as many as fit. True where the key was one of its own. */
export function moveInGrid(grid: HTMLElement, key: string): boolean {
  const cells = [...grid.querySelectorAll<HTMLElement>("button")];
  const at = cells.findIndex((cell) => cell === document.activeElement);
  const [first] = cells;
  if (at < 0 || first === undefined) return false;
  if (key === "Home" || key === "End") {
    (key === "Home" ? first : cells.at(-1))?.focus();
    return true;
  }
  const step = steps[key];
  if (step === undefined) return false;
  const top = first.getBoundingClientRect().top;
  const columns = cells.filter((cell) => cell.getBoundingClientRect().top === top).length;
  cells[at + step[0] + step[1] * Math.max(1, columns)]?.focus();
  return true;
}
