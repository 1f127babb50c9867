const GROWTH = 1.5;

/** A longer copy of a column, with room for `index`; what is new in it is 0. */
export function grownInts(column: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(lengthFor(column.length, index));
  next.set(column);
  return next;
}

/** As `grownInts`. */
export function grownFloats(column: Float64Array, index: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(lengthFor(column.length, index));
  next.set(column);
  return next;
}

function lengthFor(length: number, index: number): number {
  return Math.max(index + 1, Math.ceil(GROWTH * length));
}
