/** The short spellings over `Emit`, for node builders. They stand on the rules' floor, which uses them too. */
export {
  add, addNumber, affine, cast, concat, constantLike, div, equal, exp, expand, flip, full, greater, less, mapAxis,
  matMul, mul, neg, number, padOrCrop, reduceMean, reduceSum, reshape, scale, sliceAxis, square, sub, sumTo,
  transpose, transposeLast, transposeMatrix, where, zeros, type Matrix,
} from "../rules/write.ts";
