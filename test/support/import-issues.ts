import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import {
  importModel,
  type ImportedModel,
  type ImportOptions,
} from "../../runtime/onnx/import-model.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { buildModel, type TestModel } from "./build-model.ts";

/** What importing makes of a test model. */
export function load(model: TestModel, options: ImportOptions = {}): ImportedModel {
  return importModel(readModel(buildModel(model)), options);
}

/** The issues that `run` throws; none when it returns. */
export function issuesOf(run: () => unknown): readonly Issue[] {
  try {
    run();
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
  return [];
}
