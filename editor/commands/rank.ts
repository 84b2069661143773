import { defaultFilter } from "cmdk";

/**
 * By titles: those that begin with what is typed, then those that hold it, then what others call the same, then titles that
 * hold its letters in order.
 */
export function rank(id: string, search: string, [title = "", also = ""]: string[] = []): number {
  const [name, wanted] = [title.toLowerCase(), search.toLowerCase().trim()];
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 0.9;
  if (name.includes(wanted)) return 0.8;
  return ` ${also.toLowerCase()}`.includes(` ${wanted}`)
    ? 0.7
    : defaultFilter(title, search, [id]) / 2;
}
