import { writeFileSync } from "node:fs";
import { shippedFiles, shippedText } from "../graphs/shipped.ts";

for (const file of shippedFiles()) writeFileSync(file, shippedText(file));
