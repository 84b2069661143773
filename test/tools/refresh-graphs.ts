import { writeFileSync } from "node:fs";
import { schemaFile, schemaText, shippedFiles, shippedText } from "../graphs/shipped.ts";

for (const file of shippedFiles()) writeFileSync(file, shippedText(file));
writeFileSync(schemaFile, schemaText());
