/** Keys and indices from the root of a file down to a value. */
export type FilePath = readonly (string | number)[];
