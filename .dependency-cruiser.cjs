/** Each floor may import the floors above it in this list, and itself. Floors of one line do not see each other. */
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

/** Within one line the order is: autodiff, onnx and graph are below compile; nodes is beside it. */
const lookDown = floors.slice(0, -1).map((floor, i) => ({
  name: `${floor.join("+").replaceAll("/", "-")}-looks-down-only`,
  severity: "error",
  from: { path: inFolders(floor), pathNot: isTest },
  to: { path: inFolders(floors.slice(i + 1).flat()) },
}));

const forbid = (name, from, to) => ({ name, severity: "error", from, to });
const engine = "^(runtime|nodes)/";

module.exports = {
  forbidden: [
    ...lookDown,
    forbid("no-circles", {}, { circular: true }),
    forbid("nothing-unresolved", {}, { couldNotResolve: true }),
    forbid("runtime-takes-nodes-as-an-argument", { path: "^runtime/", pathNot: isTest }, { path: "^nodes/" }),
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
      { pathNot: ["^runtime/execute/ort-", "node_modules"] },
      { path: "node_modules/onnxruntime-" },
    ),
    forbid(
      "node-only-in-node-files",
      { path: engine, pathNot: ["-node\\.ts$", "\\.test\\.ts$"] },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "node-files-only-where-node-is",
      { path: "^(runtime|nodes|editor)/", pathNot: ["-node\\.ts$", isTest] },
      { path: "-node\\.ts$" },
    ),
    forbid(
      "react-only-in-editor",
      { path: "^(runtime|nodes|cli|test)/" },
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
    exclude: { path: "^(out|dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
