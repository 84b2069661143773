/** Messages by key, or a group of them. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** Every message of a catalogue by its whole key, `commands.edit.delete`. */
export function messagesOf(catalogue: Catalogue, prefix = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([name, value]): readonly (readonly [string, string])[] => {
      const key = prefix === "" ? name : `${prefix}.${name}`;
      return typeof value === "string" ? [[key, value]] : [...messagesOf(value, key)];
    }),
  );
}
