/** Where a frame stands as a person counts it, from 1, outermost zone first: `50`, `3 ▸ 12`. */
export const stepText = (iteration: readonly number[]): string =>
  iteration.map((index) => index + 1).join(" ▸ ");
