/** The words that a name is made of, with what ends them: `measurement`, `Noise`, `Std`; `prior/`, `onnx`. */
export const wordsIn = (name: string): readonly string[] =>
  name.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=[/_.:-])(?=.)/u);
