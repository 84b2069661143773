import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";
import { sinceIn } from "./since.ts";
import { fileNameOf } from "./file-name-of.ts";

test("plain words stay plain", () => {
  expect(runCommand("dps-mo.json", { seed: 3, samples: null })).toBe(
    "npx denoodle run dps-mo.json --seed 3",
  );
  expect(runCommand("mixture-2d.json", { seed: 0, samples: 400 })).toBe(
    "npx denoodle run mixture-2d.json --seed 0 --samples 400",
  );
});

test("a shell hands every name over as it is", () => {
  const names = fc.array(fc.constantFrom("a", "'", '"', " ", "$", "`", "\\", "-", "é", ";"), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(names, (letters) => {
      const name = letters.join("");
      const command = runCommand(name, { seed: 0, samples: null }).replace(
        /^npx denoodle/,
        "printf '%s\\n'",
      );
      const [, got = ""] = execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\n");
      expect(got).toBe(name.startsWith("-") ? `./${name}` : name);
    }),
    { numRuns: 40 },
  );
});

test("a title becomes a name of a file", () => {
  expect(fileNameOf("C-ΠGDM (noisy)")).toBe("c-πgdm-noisy.json");
  expect(fileNameOf("../../etc")).toBe("etc.json");
  expect(fileNameOf(" ")).toBe("graph.json");
});

test("how long ago is told in words", () => {
  expect(sinceIn("en", 2000)).toBe("2 seconds ago");
  expect(sinceIn("en", 0)).toBe("now");
  expect(sinceIn("en", 3_700_000)).toBe("1 hour ago");
});
