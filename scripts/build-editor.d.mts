export function stampOf(folder: string, names?: readonly string[]): string;
