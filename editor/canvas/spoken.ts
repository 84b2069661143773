/** What is said of a part of the canvas: its name, without the word in English that xyflow has for its kind. */
export const spoken = (ariaLabel: string) => ({ ariaLabel, domAttributes: wordless });

const wordless = { "aria-roledescription": undefined };
