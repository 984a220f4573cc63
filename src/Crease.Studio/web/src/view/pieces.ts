export type Box = [minX: number, maxX: number, minY: number, maxY: number];

/** A long list of primitives in pieces that are near each other: what is not seen need not be drawn, and a picture can be drawn piece by piece. */
export interface Pieces {
  /** First primitive of each piece, and one past the last. */
  firsts: Uint32Array;
  /** The box of each piece, four numbers, relative to the scene's origin. */
  boxes: Float32Array;
}

/** Primitives that follow each other: the first, and how many. */
export type Run = [from: number, count: number];

const bits = 6;

/** Cells of the curve: a power of four, side by side in the plane where they are near each other in number. */
export const cells = 4 ** bits;

/** The cell of a point of the box on a Z-shaped curve, in [0, cells). */
export function cellOf([left, right, bottom, top]: Box, x: number, y: number): number {
  const side = 2 ** bits;
  let i = Math.max(0, Math.min(side - 1, Math.floor(((x - left) / (right - left || 1)) * side)));
  let j = Math.max(0, Math.min(side - 1, Math.floor(((y - bottom) / (top - bottom || 1)) * side)));
  let cell = 0;
  for (let bit = 0; bit < bits; bit++, i >>= 1, j >>= 1) cell |= ((i & 1) << (2 * bit)) | ((j & 1) << (2 * bit + 1));
  return cell;
}

/** The numbers from 0 on in the order of their keys, all below `most`; equal keys keep their order. */
export function ordered(keys: Uint16Array | Uint32Array, most: number): Uint32Array {
  const next = new Uint32Array(most + 1);
  for (const key of keys) next[key + 1]++;
  for (let key = 0; key < most; key++) next[key + 1] += next[key];
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[keys[i]]++] = i;
  return order;
}

/** Builds pieces of at most about so many primitives. */
export class PieceMaker {
  private readonly firsts: number[] = [0];
  private readonly boxes: number[] = [];
  private box: Box = nothing();

  constructor(private readonly most: number, private at = 0) {
    this.firsts[0] = at;
  }

  /** A point of the primitives that come next. */
  meet(x: number, y: number): void {
    const { box } = this;
    if (x < box[0]) box[0] = x;
    if (x > box[1]) box[1] = x;
    if (y < box[2]) box[2] = y;
    if (y > box[3]) box[3] = y;
  }

  add(primitives: number): void {
    this.at += primitives;
    if (this.at - this.firsts[this.firsts.length - 1] >= this.most) this.close();
  }

  done(): Pieces {
    if (this.at > this.firsts[this.firsts.length - 1]) this.close();
    return { firsts: Uint32Array.from(this.firsts), boxes: Float32Array.from(this.boxes) };
  }

  private close(): void {
    this.firsts.push(this.at);
    this.boxes.push(...this.box);
    this.box = nothing();
  }
}

const nothing = (): Box => [Infinity, -Infinity, Infinity, -Infinity];

/** What of the pieces meets a box and is not wholly inside another one that covers it. */
export function runsIn({ firsts, boxes }: Pieces, seen: Box, covered: Box | null = null): Run[] {
  const runs: Run[] = [];
  let last: Run | null = null;
  for (let p = 0; p + 1 < firsts.length; p++) {
    const [x0, x1, y0, y1] = [boxes[4 * p], boxes[4 * p + 1], boxes[4 * p + 2], boxes[4 * p + 3]];
    if (x1 < seen[0] || x0 > seen[1] || y1 < seen[2] || y0 > seen[3]) continue;
    if (covered && x0 >= covered[0] && x1 <= covered[1] && y0 >= covered[2] && y1 <= covered[3]) continue;
    const count = firsts[p + 1] - firsts[p];
    if (last && last[0] + last[1] === firsts[p]) last[1] += count;
    else runs.push((last = [firsts[p], count]));
  }
  return runs;
}
