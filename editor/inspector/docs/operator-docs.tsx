import { type ComponentProps, lazy, Suspense } from "react";

const Provides = lazy(async () => ({
  default: (await import("./operator-provides.tsx")).OperatorProvides,
}));

/** What an operator provides, once the code to try it is loaded; nothing for any other node. */
export function OperatorDocs(props: ComponentProps<typeof Provides>) {
  const [output] = Object.values(props.definition.outputs);
  if (output?.kind !== "operator") return null;
  return (
    <Suspense fallback={null}>
      <Provides {...props} />
    </Suspense>
  );
}
