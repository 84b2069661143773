import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { priorShapeOf } from "./gallery/prior-fit.ts";
import { shapeOfAsset } from "./vite-signals.ts";
import type { SlotKind } from "../runtime/graph/document.ts";
import type { GraphShelf, LibraryFile, LibraryManifest } from "./run/library-manifest.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the page finds the library, below its own address. */
const folder = "library";

/** Serves graphs, models and pictures, and builds them in: files under `library/`, named by `library/manifest.json`. */
export function libraryFiles(): Plugin {
  return {
    name: "denoodle-library",
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        const file = decodeURIComponent(path.split(`/${folder}/`)[1] ?? "");
        const content = file === "" ? null : contentOf(file);
        if (content === null) return next();
        response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.end(content);
      });
    },
    generateBundle() {
      const manifest = manifestOf();
      const emit = (fileName: string, source: Uint8Array | string): void =>
        void this.emitFile({ type: "asset", fileName: `${folder}/${fileName}`, source });
      emit("manifest.json", JSON.stringify(manifest));
      for (const { file } of filesOf(manifest)) emit(file, readFileSync(join(root, file)));
    },
  };
}

const types: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".png": "image/png",
  ".webp": "image/webp",
  ".wav": "audio/wav",
};

/** Only what the manifest names is served. */
function contentOf(file: string): Uint8Array | string | null {
  const manifest = manifestOf();
  if (file === "manifest.json") return JSON.stringify(manifest);
  const isListed = filesOf(manifest).some((each) => each.file === file);
  return isListed ? readFileSync(join(root, file)) : null;
}

function manifestOf(): LibraryManifest {
  const shelf = (name: GraphShelf) => list(`graphs/${name}`, [".json"]).map(graphEntry);
  return {
    examples: shelf("examples"),
    samplers: shelf("samplers"),
    tasks: shelf("tasks"),
    blocks: list("graphs/blocks", [".json"]).map(blockEntry),
    assets: list("graphs/assets", [".png", ".jpg", ".webp", ".npy", ".wav"]).map((file) => ({
      name: basename(file),
      ...entry(file),
    })),
    models: list("models", [".onnx"]).map(modelEntry),
    pictures: list("graphs/pictures", [".webp"]).map((file) => ({
      of: basename(file, ".webp").replace("-", "/"),
      ...entry(file),
    })),
  };
}

const filesOf = (manifest: LibraryManifest): readonly LibraryFile[] => [
  ...Object.values(manifest).flat(),
  ...manifest.models.flatMap(({ card }) => (card === null ? [] : [card])),
];

/** Files of a folder, from the project's root, sorted. */
function list(path: string, extensions: readonly string[]): readonly string[] {
  if (!existsSync(join(root, path))) return [];
  return readdirSync(join(root, path))
    .filter((file) => extensions.includes(extname(file)))
    .toSorted()
    .map((file) => `${path}/${file}`);
}

function graphEntry(file: string) {
  const text = JSON.parse(readFileSync(join(root, file), "utf8")) as GraphText;
  const { name = "", about = {}, task = null, inputs = {} } = text;
  const { summary = "", paper = "" } = about;
  const { nfe = null, vjpCalls = null } = ranAs(file);
  const given = { title: name, summary, paper, task, nfe, vjpCalls };
  const [model, signal] = [modelOf(inputs), signalOf(inputs)];
  return { name: basename(file, ".json"), ...given, signal, model, ...entry(file) };
}

function blockEntry(file: string) {
  const { inputs = {} } = JSON.parse(readFileSync(join(root, file), "utf8")) as GraphText;
  const kinds = Object.entries(inputs).map(([name, { kind }]) => [name, kind] as const);
  return { ...graphEntry(file), inputs: Object.fromEntries(kinds) };
}

interface GraphText {
  readonly name?: string;
  readonly about?: { readonly summary?: string; readonly paper?: string };
  readonly task?: string;
  readonly inputs?: Readonly<Record<string, SlotText>>;
}

interface SlotText {
  readonly kind: SlotKind;
  readonly default?: { readonly asset?: string; readonly params?: { readonly model?: string } };
}

const modelOf = ({ prior }: Readonly<Record<string, SlotText>>): string | null =>
  prior?.default?.params?.model ?? null;

function signalOf(inputs: Readonly<Record<string, SlotText>>) {
  const asset = Object.values(inputs).find(({ kind }) => kind === "signal")?.default?.asset;
  const file = asset === undefined ? null : join(root, "graphs/assets", asset);
  return file === null || !existsSync(file) ? null : shapeOfAsset(readFileSync(file));
}

interface Ran {
  readonly nfe?: number;
  readonly vjpCalls?: number;
}

/** What the run that drew a graph's picture took. */
function ranAs(file: string): Ran {
  const runs = join(root, "graphs/pictures/PROVENANCE.json");
  if (!existsSync(runs)) return {};
  const picture = file
    .replace(/^graphs\//, "")
    .replace("/", "-")
    .replace(/json$/, "webp");
  return (JSON.parse(readFileSync(runs, "utf8")) as Readonly<Record<string, Ran>>)[picture] ?? {};
}

function modelEntry(file: string) {
  const card = file.replace(/\.onnx$/u, ".json");
  const hasCard = existsSync(join(root, card));
  const read: unknown = hasCard ? JSON.parse(readFileSync(join(root, card), "utf8")) : null;
  const { name } = (read ?? {}) as { readonly name?: string };
  return {
    name: basename(file, ".onnx"),
    title: name ?? basename(file, ".onnx"),
    ...entry(file),
    card: hasCard ? entry(card) : null,
    takes: priorShapeOf(read),
  };
}

const hashed = new Map<string, LibraryFile>();

/** Hashed once for each content: models are large. */
function entry(file: string): LibraryFile {
  const content = readFileSync(join(root, file));
  const key = `${file} ${content.length}`;
  const known = hashed.get(key);
  if (known !== undefined && extname(file) === ".onnx") return known;
  const sha256 = createHash("sha256").update(content).digest("hex");
  const made = { file, bytes: content.length, sha256 };
  hashed.set(key, made);
  return made;
}
