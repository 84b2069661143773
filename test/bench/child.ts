import { z } from "zod";
import { peakMemory } from "../../runtime/execute/peak-memory-node.ts";
import { children } from "./children.ts";

const [name = "", settings = "{}"] = process.argv.slice(2);
const work = children[name];
if (work === undefined) throw new Error(`there is no measurement ${name}`);
const figures = await work(z.record(z.string(), z.unknown()).parse(JSON.parse(settings)));
process.stdout.write(`${JSON.stringify({ ...figures, peakMB: peakMemory() / 1e6 })}\n`);
