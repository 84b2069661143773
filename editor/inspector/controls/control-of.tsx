import { unreachable } from "../../../runtime/base/unreachable.ts";
import type { ControlProps } from "./control.ts";
import { ListControl } from "./list-control.tsx";
import { NumberControl } from "./number-control.tsx";
import { ObjectControl, RecordControl, TupleControl } from "./object-controls.tsx";
import { BooleanControl, ChoiceControl, ConstantControl, TextControl } from "./simple-controls.tsx";
import { UnionControl } from "./union-control.tsx";

/** The control for a field of any kind. */
export function Control(props: ControlProps) {
  const { field, ...rest } = props;
  switch (field.kind) {
    case "number":
      return <NumberControl field={field} {...rest} />;
    case "boolean":
      return <BooleanControl field={field} {...rest} />;
    case "text":
      return <TextControl field={field} {...rest} />;
    case "choice":
      return <ChoiceControl field={field} {...rest} />;
    case "constant":
      return <ConstantControl field={field} {...rest} />;
    case "list":
    case "json":
      return <ListControl field={field} {...rest} />;
    case "tuple":
      return <TupleControl field={field} {...rest} control={Control} />;
    case "object":
      return <ObjectControl field={field} {...rest} control={Control} />;
    case "record":
      return <RecordControl field={field} {...rest} control={Control} />;
    case "union":
      return <UnionControl field={field} {...rest} control={Control} />;
    default:
      return unreachable(field);
  }
}
