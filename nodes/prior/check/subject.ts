import { IssueError, type Issue } from "../../../runtime/base/issue.ts";
import { readModel } from "../../../runtime/onnx/model.ts";
import { modelSignature, type ModelSignature } from "../../../runtime/onnx/signature.ts";
import { readCard } from "../card.ts";
import { inferred } from "../inferred.ts";
import { networkPorts, type NetworkPorts } from "../network.ts";
import { defined, type PartialParametrisation } from "../parametrisation.ts";

export interface SubjectFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The model's card, unread. */
  readonly card?: unknown;
  /** What the user said; it wins over the card. */
  readonly given?: PartialParametrisation;
}

/** A network to be checked. */
export interface Subject {
  readonly signature: ModelSignature;
  /** What is said of it, and what its names leave no doubt about. */
  readonly known: PartialParametrisation;
  /** Null where it cannot be told which of its tensors is what; `issues` says why. */
  readonly ports: NetworkPorts | null;
  readonly issues: readonly Issue[];
}

/** @throws IssueError `model.unreadable`, `model.card`. */
export function readSubject({ name, bytes, card, given = {} }: SubjectFile): Subject {
  const signature = modelSignature(readModel(bytes));
  const known = { ...inferred(signature), ...readCard(name, card), ...defined(given) };
  try {
    return { signature, known, ports: networkPorts(signature, known), issues: [] };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return { signature, known, ports: null, issues: error.issues };
  }
}
