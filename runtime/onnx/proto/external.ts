import type { TensorProto } from "onnx-buf";
import { issueError, type IssueError } from "../../base/issue.ts";
import type { ReadExternal } from "../model.ts";

/**
 * The bytes of a tensor that lies in another file: a view of what `read` returns.
 *
 * @throws IssueError `model.external` when the location leaves the model's folder, no reader was given,
 * or the file is too short.
 */
export function readExternalBytes(
  proto: TensorProto,
  read: ReadExternal | null,
  length: number,
): Uint8Array {
  const entries = new Map(proto.externalData.map(({ key, value }) => [key, value]));
  const location = entries.get("location") ?? "";
  if (leavesFolder(location))
    throw refusal(proto, `names the file "${location}", which is not inside the model's folder`);
  if (read === null)
    throw refusal(proto, `lies in the file "${location}", which was not handed in with the model`);
  const file = read(location);
  const offset = Number(entries.get("offset") ?? 0);
  const stated = Number(entries.get("length") ?? length);
  if (stated !== length) throw refusal(proto, `needs ${length} bytes, the model states ${stated}`);
  if (!(offset >= 0 && offset + length <= file.length))
    throw refusal(
      proto,
      `needs bytes ${offset} to ${offset + length} of "${location}", which has ${file.length}`,
    );
  return new Uint8Array(file.buffer, file.byteOffset + offset, length);
}

/** Whether a location is anything but a plain path below the model's own folder. */
export function leavesFolder(location: string): boolean {
  const parts = location.split(/[/\\]/);
  return (
    location === "" ||
    location.includes("\0") ||
    /^[a-z]:/i.test(location) ||
    parts[0] === "" ||
    parts.includes("..")
  );
}

function refusal({ name }: TensorProto, why: string): IssueError {
  return issueError(
    "model.external",
    `The tensor "${name}" ${why}.`,
    { node: name },
    {
      fix: "Keep the external data files beside the .onnx file, as they were exported.",
    },
  );
}
