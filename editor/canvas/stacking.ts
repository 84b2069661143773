/**
 * What lies over what: frames, the wires of the ground, then zone by zone its ground and its wires, then what is selected among
 * the wires, and over all of them the cards. A press on a card or on its ports never meets a wire.
 */
export const stacking = {
  frame: -1,
  /** Of a zone that `depth` others hold. */
  zone: (depth: number): number => 2 * depth + 1,
  /** Of a wire that is read inside of `depth` zones. */
  wire: (depth: number): number => 2 * depth,
  chosenWire: 900,
  card: 1000,
} as const;
