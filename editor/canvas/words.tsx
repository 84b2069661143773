import { Fragment } from "react";
import { wordsIn } from "./words-in.ts";

/** A name that may be broken between the words it is made of, and nowhere else. */
export const Words = ({ of: name }: { readonly of: string }) =>
  wordsIn(name).map((word, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {word}
    </Fragment>
  ));
