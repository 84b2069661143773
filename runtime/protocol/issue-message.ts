import { z } from "zod";
import type { Issue } from "../base/issue.ts";

const place = z.union([z.string(), z.number()]);

export const issueMessage: z.ZodType<Issue> = z.object({
  code: z.string(),
  message: z.string(),
  at: z.object({
    path: z.exactOptional(z.array(place)),
    node: z.exactOptional(z.string()),
    port: z.exactOptional(z.string()),
    zone: z.exactOptional(z.string()),
    iteration: z.exactOptional(z.array(z.number())),
  }),
  expected: z.exactOptional(z.string()),
  got: z.exactOptional(z.string()),
  fix: z.exactOptional(z.string()),
});
