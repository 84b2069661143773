/** Params that name a model file, by node type. */
const modelParams: Readonly<Record<string, string>> = {
  "prior/onnx": "model",
  "operator/network": "model",
};

/** Whether a param of what it belongs to names a model. */
export const namesModel = (owner: object, param: string): boolean =>
  "type" in owner && typeof owner.type === "string" && modelParams[owner.type] === param;
