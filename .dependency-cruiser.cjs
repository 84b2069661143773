/** Each floor may import the floors that stand before it, and those of its own line. */
const floors = [
  ["runtime/base"],
  ["runtime/tensor"],
  ["runtime/ir"],
  ["runtime/rules"],
  ["runtime/trace"],
  ["runtime/autodiff", "runtime/onnx", "runtime/graph"],
  ["runtime/compile", "nodes"],
  ["runtime/execute"],
  ["runtime/protocol", "runtime/export", "runtime/report"],
  ["runtime/index"],
  ["cli", "editor"],
];
const inFolders = (folders) => `^(${folders.join("|")})(/|\\.ts$)`;
/** Tests may reach for what they need to build a case. */
const isTest = "(\\.test\\.ts$|^test/)";

const lookDown = floors.slice(0, -1).map((floor, i) => ({
  name: `${floor.join("+").replaceAll("/", "-")}-looks-down-only`,
  severity: "error",
  from: { path: inFolders(floor), pathNot: isTest },
  to: { path: inFolders(floors.slice(i + 1).flat()) },
}));

const forbid = (name, from, to) => ({ name, severity: "error", from, to });
const engine = "^(runtime|nodes)/";
/** Files that only Node can read; elsewhere "node" is a node of the graph. */
const onlyNode = "^runtime/execute/.*-node\\.(ts|mjs)$";

module.exports = {
  forbidden: [
    ...lookDown,
    forbid("no-circles", {}, { circular: true }),
    forbid("nothing-unresolved", {}, { couldNotResolve: true, pathNot: "\\?url$" }),
    forbid(
      "runtime-takes-nodes-as-an-argument",
      { path: "^runtime/", pathNot: isTest },
      { path: "^nodes/" },
    ),
    forbid(
      "nodes-do-not-compile-or-execute",
      { path: "^nodes/", pathNot: isTest },
      { path: "^runtime/(compile|execute)/" },
    ),
    forbid("cli-and-editor-never-meet", { path: "^cli/" }, { path: "^editor/" }),
    forbid("editor-and-cli-never-meet", { path: "^editor/" }, { path: "^cli/" }),
    forbid("nobody-imports-test", { pathNot: isTest }, { path: "^test/" }),
    forbid(
      "onnxruntime-only-in-ort-files",
      { pathNot: ["^runtime/execute/ort-", "node_modules", isTest] },
      { path: "node_modules/onnxruntime-" },
    ),
    forbid(
      "node-only-in-node-files",
      { path: engine, pathNot: [onlyNode, isTest] },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "node-files-only-where-node-is",
      { path: "^(runtime|nodes|editor)/", pathNot: [onlyNode, isTest] },
      { path: onlyNode },
    ),
    forbid(
      "react-only-in-editor",
      { path: "^(runtime|nodes|cli|test)/", pathNot: "^test/browser/page/" },
      { path: "node_modules/(react|react-dom|@xyflow)/" },
    ),
    forbid(
      "documents-know-no-react",
      { path: "^editor/document/" },
      { path: "node_modules/(react|react-dom|@xyflow)/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(out|dist|editor/dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
