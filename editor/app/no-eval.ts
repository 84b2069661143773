import { config } from "zod";

// The page's policy forbids eval: zod need not try whether it could compile its checks. Imported before any schema is made.
config({ jitless: true });
