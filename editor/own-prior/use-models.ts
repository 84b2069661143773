import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { modelStem } from "../own-files/own-file.ts";
import { OwnFilesContext } from "../own-files/use-own-files.ts";

/** The models that Denoodle comes with. */
export const ShippedModels = createContext<readonly { readonly name: string }[]>([]);

/** Names of models as documents have them: shipped ones, and the user's own. */
export function useModels(): {
  readonly shipped: readonly string[];
  readonly own: readonly string[];
} {
  const models = useContext(ShippedModels);
  const files = useContext(OwnFilesContext);
  const known = useSyncExternalStore(
    (tell) => files?.state.subscribe(tell) ?? (() => undefined),
    () => files?.state.getState().files ?? null,
  );
  useEffect(() => {
    if (known === null) void files?.list();
  }, [files, known]);
  return useMemo(
    () => ({
      shipped: models.map(({ name }) => modelStem(name)),
      own: (known ?? []).flatMap(({ kind, name }) => (kind === "model" ? modelStem(name) : [])),
    }),
    [models, known],
  );
}
