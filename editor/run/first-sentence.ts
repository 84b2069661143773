/** Up to the first mark that ends a sentence and is followed by a space; points in numbers and names end none. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
