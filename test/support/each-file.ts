import fc from "fast-check";
import { afterAll } from "vitest";
import { removeNewFolders } from "./new-folder.ts";

// Runs before each file of tests, as well where files share their modules.

// The same cases in every run; `DENOODLE_SEED=7 npm test` tries others.
fc.configureGlobal({ seed: Number(process.env["DENOODLE_SEED"] ?? 1) });

afterAll(removeNewFolders);
