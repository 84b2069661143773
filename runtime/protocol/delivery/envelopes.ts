import { z } from "zod";
import { decodeFrame, encodeFrame, type FrameLimits } from "../codec.ts";
import { issueError } from "../../base/issue.ts";

/** Numbers of messages count up from 1 in each direction; gaps are messages that newer ones replaced. */
const number = z.int().min(0);

/** The first that a client sends on a connection. */
const hello = z.object({
  type: z.literal("hello"),
  /** The session to go on with; null for a new one. */
  session: z.nullable(z.string().max(64)),
  /** The highest number that it has received in that session. */
  received: number,
});
/** The first that a server sends. */
const welcome = z.object({
  type: z.literal("welcome"),
  session: z.string(),
  /** Whether it is the session that was asked for. */
  resumed: z.boolean(),
  received: number,
  /** How many messages were dropped because nobody fetched them. */
  missed: number,
});
const message = z.object({ type: z.literal("message"), n: number, body: z.unknown() });
/** All up to `n` have come. */
const ack = z.object({ type: z.literal("ack"), n: number });
/** Tells a client, which cannot ping, that the server is there. */
const beat = z.object({ type: z.literal("beat") });

const fromClient = z.discriminatedUnion("type", [hello, message, ack]);
const fromServer = z.discriminatedUnion("type", [welcome, message, ack, beat]);
export type FromClient = z.infer<typeof fromClient>;
export type FromServer = z.infer<typeof fromServer>;
export type Envelope = FromClient | FromServer;

export const seal = (envelope: Envelope): Uint8Array<ArrayBuffer> => encodeFrame(envelope);

/** @throws IssueError `protocol.frame` */
export function openFromClient(bytes: Uint8Array<ArrayBuffer>, limits?: FrameLimits): FromClient {
  return open(fromClient, decodeFrame(bytes, limits));
}

/** @throws IssueError `protocol.frame` */
export function openFromServer(bytes: Uint8Array<ArrayBuffer>): FromServer {
  return open(fromServer, decodeFrame(bytes));
}

function open<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const field = error?.issues[0]?.path.map(String).join(".") ?? "";
  throw issueError(
    "protocol.frame",
    `A message cannot be read: ${field === "" ? "it is of no kind that is known" : `its field ${field} is missing or wrong`}.`,
  );
}

/** Why one side closed the connection, where the reason is not the network's. */
export const closeCodes = {
  /** The client went to another connection. */
  replaced: 4000,
  refusedToken: 4001,
  noHello: 4002,
  badFrame: 4003,
  tooManySessions: 4004,
  /** The client takes messages more slowly than they come; it may connect anew and go on. */
  tooSlow: 4005,
  /** Nothing came for too long. */
  silent: 4006,
} as const;
