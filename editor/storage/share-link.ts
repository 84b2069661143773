import { deflateSync, strToU8 } from "fflate";
import type { Document } from "../../runtime/graph/document.ts";
import { jsonLimits } from "../../runtime/graph/json.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { inflateText } from "./inflate-limited.ts";

/** Longer links than this are cut by some programs that pass them on. */
export const longLink = 8192;

const prefix = "#graph=";

/** A link that opens the document; nothing of it reaches a server, for it stands in the fragment. */
export function shareLink(document: Document, page: string): string {
  const bytes = deflateSync(strToU8(writeDocument(document)), { level: 9 });
  return `${page.split("#")[0] ?? ""}${prefix}${toBase64Url(bytes)}`;
}

/** The text of the graph in a link's fragment; null where there is none, "broken" where it cannot be read. */
export function graphInFragment(fragment: string): { readonly text: string } | "broken" | null {
  if (!fragment.startsWith(prefix)) return null;
  const code = fragment.slice(prefix.length);
  const bytes = code.length > jsonLimits.length ? null : fromBase64Url(code);
  const text = bytes === null ? null : inflateText(bytes, jsonLimits.length, "raw");
  return text === null ? "broken" : { text };
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  } catch {
    // a length that no base64 text has
    return null;
  }
}
