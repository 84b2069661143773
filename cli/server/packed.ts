import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { SiteFile } from "./site-file.ts";

const packers = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
};
export type Packing = keyof typeof packers;

/** Files compressed, kept while they fit. */
export interface PackedFiles {
  /** The way to send a file to whoever accepts these encodings; null: as it is. */
  readonly packingFor: (file: SiteFile, accepted: string | undefined) => Packing | null;
  readonly read: (file: SiteFile, packing: Packing) => Promise<Uint8Array>;
}

const packable = /^(?:text\/|application\/(?:json|wasm|manifest)|image\/svg)/;
const leastBytes = 1024;
const mostBytes = 64 * 2 ** 20;

export function createPackedFiles(keptBytes = 64 * 2 ** 20): PackedFiles {
  const known = new Map<string, Promise<Uint8Array>>();
  const sizes = new Map<string, number>();
  const forget = (key: string): void => {
    known.delete(key);
    sizes.delete(key);
  };
  const keep = (key: string, { length }: Uint8Array): void => {
    sizes.set(key, length);
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [oldest, size] of sizes) {
      if (total <= keptBytes) return;
      forget(oldest);
      total -= size;
    }
  };
  return {
    packingFor({ type, size }, accepted = "") {
      if (!packable.test(type) || size < leastBytes || size > mostBytes) return null;
      const names = accepted
        .split(",")
        .map((part) => part.trim().toLowerCase())
        .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
        .map((part) => part.split(";")[0]);
      return (["br", "gzip"] as const).find((packing) => names.includes(packing)) ?? null;
    },
    read(file, packing) {
      const key = `${packing} ${file.version} ${file.path}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const packed = readFile(file.path).then(packers[packing]);
      known.set(key, packed);
      packed.then(
        (bytes) => keep(key, bytes),
        () => forget(key),
      );
      return packed;
    },
  };
}
