const arrays = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
} as const;
type ArrayName = keyof typeof arrays;

/** Plain data with typed arrays as text, so that it can be sent to a page or a process; the bits are kept. */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    ArrayBuffer.isView(part) ? { $array: part.constructor.name, bytes: toBase64(part) } : part,
  );
}

/** What `toText` was given. Trusted: both ends are ours. */
export function fromText<T>(text: string): T {
  return JSON.parse(text, (_, part: unknown) => (isArray(part) ? fromBase64(part) : part)) as T;
}

interface Written {
  readonly $array: ArrayName;
  readonly bytes: string;
}

function isArray(part: unknown): part is Written {
  return typeof part === "object" && part !== null && "$array" in part;
}

function toBase64(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return btoa(parts.join(""));
}

function fromBase64({ $array, bytes }: Written): ArrayBufferView {
  const decoded = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
  return new arrays[$array](decoded.buffer);
}
