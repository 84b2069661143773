import { expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { damageKinds, operatorOf, type Damage } from "./damage.ts";
import { nameOfAfter, nameOfBefore } from "./compared-names.ts";

const damages: Readonly<Record<(typeof damageKinds)[number], Damage>> = {
  missing: { kind: "missing" },
  small: { kind: "small", factor: 2 },
  blurred: { kind: "blurred", std: 1 },
  noisy: { kind: "noisy" },
};

test.each(damageKinds)("the picture before says that marked parts are left out, %s", (kind) => {
  const operator = { kind: "operator", default: operatorOf(damages[kind], "mask.npy") } as const;
  const inputs: Document["inputs"] = { operator };
  const part = kind === "missing" ? "masked" : "before";
  expect(nameOfBefore({ inputs })).toEqual({ key: `restore.compare.${part}` });
});

test("the picture after is awaited, then that of a step, then the end", () => {
  expect(nameOfAfter("starting", null, false)?.key).toBe("restore.compare.awaited");
  expect(nameOfAfter("running", 3, true)).toEqual({
    key: "restore.compare.soFar",
    values: { step: 3 },
  });
  expect(nameOfAfter("running", null, true)?.key).toBe("restore.compare.earlier");
  expect(nameOfAfter("running", 1, false)?.key).toBe("restore.compare.awaited");
  expect(nameOfAfter("cancelled", 3, true)?.key).toBe("restore.compare.soFar");
  expect(nameOfAfter("failed", null, false)).toBeNull();
  expect(nameOfAfter("done", 50, true)?.key).toBe("restore.compare.after");
});
