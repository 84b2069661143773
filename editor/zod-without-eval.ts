import * as z from "zod/v4";

// The page's policy forbids eval: zod need not try whether it could compile its checks. It is asked here, in what pages get
// for "zod" (see vite-policy.ts), so that no schema is made before, whichever chunk is loaded first.
z.config({ jitless: true });

export * from "zod/v4";
export { z };
