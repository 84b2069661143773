import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openFromServer } from "./envelopes.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

interface Got {
  readonly n: number;
  readonly body: unknown;
}

function drain(outbox: Outbox): readonly Got[] {
  const got: Got[] = [];
  for (let frame = outbox.next(); frame !== null; frame = outbox.next()) {
    const envelope = openFromServer(frame);
    if (envelope.type === "message") got.push(envelope);
  }
  return got;
}
const bodies = (got: readonly Got[]) => got.map(({ body }) => body);

describe(createOutbox, () => {
  test("sends in order, and again what was not acknowledged", () => {
    const outbox = createOutbox(1000);
    for (const body of ["a", "b", "c"]) outbox.put(body);
    expect(bodies(drain(outbox))).toEqual(["a", "b", "c"]);
    expect(outbox.next()).toBeNull();
    outbox.acknowledge(2);
    outbox.put("d");
    outbox.rewind();
    expect(drain(outbox)).toMatchObject([
      { n: 3, body: "c" },
      { n: 4, body: "d" },
    ]);
  });

  test("keeps of one key the newest only, sent or not", () => {
    const outbox = createOutbox(1000);
    outbox.put(1, "x0");
    outbox.put("between");
    outbox.put(2, "x0");
    outbox.put(1, "x");
    expect(bodies(drain(outbox))).toEqual(["between", 2, 1]);
    outbox.put(3, "x0");
    outbox.rewind();
    expect(bodies(drain(outbox))).toEqual(["between", 1, 3]);
  });

  test("drops the oldest beyond its limit, counts them, and keeps what has a key", () => {
    const outbox = createOutbox(1000);
    outbox.put("kept", "key");
    for (let i = 0; i < 20; i += 1) outbox.put("x".repeat(200));
    const got = drain(outbox);
    expect(got[0]?.body).toBe("kept");
    expect(outbox.takeMissed()).toBe(20 - (got.length - 1));
    expect(got.length).toBeGreaterThan(1);
    expect(got.length).toBeLessThan(6);
    expect(outbox.takeMissed()).toBe(0);
  });

  test("whatever the losses, the other side has each message once and in order", () => {
    const step = fc.oneof(
      fc.constant("put" as const),
      fc.constant("deliver" as const),
      fc.constant("lose connection" as const),
      fc.constant("acknowledge" as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const outbox = createOutbox(2 ** 20);
        const taken: unknown[] = [];
        let put = 0;
        let received = 0;
        const deliver = (frame: Uint8Array<ArrayBuffer> | null): void => {
          const envelope = frame === null ? null : openFromServer(frame);
          if (envelope?.type !== "message" || envelope.n <= received) return;
          received = envelope.n;
          taken.push(envelope.body);
        };
        for (const each of steps) {
          if (each === "put") outbox.put((put += 1));
          else if (each === "deliver") deliver(outbox.next());
          else if (each === "acknowledge") outbox.acknowledge(received);
          else {
            // What was under way is lost.
            outbox.next();
            outbox.rewind();
            outbox.acknowledge(received);
          }
        }
        for (let frame = outbox.next(); frame !== null; frame = outbox.next()) deliver(frame);
        expect(taken).toEqual(Array.from({ length: put }, (_, i) => i + 1));
      }),
    );
  });
});
