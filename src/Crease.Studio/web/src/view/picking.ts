import type { PartitionHead } from '../api/partition';

/** A uniform grid over the regions' bounding boxes. */
export interface Grid {
  side: number;
  left: number;
  bottom: number;
  cellWidth: number;
  cellHeight: number;
  starts: Uint32Array;
  items: Uint32Array;
}

const mostSide = 1024;

export function makeGrid(head: PartitionHead, firsts: Uint32Array, places: Float32Array): Grid {
  let left = Infinity;
  let right = -Infinity;
  let bottom = Infinity;
  let top = -Infinity;
  for (let i = 0; i < places.length; i += 2) {
    if (places[i] < left) left = places[i];
    if (places[i] > right) right = places[i];
    if (places[i + 1] < bottom) bottom = places[i + 1];
    if (places[i + 1] > top) top = places[i + 1];
  }
  if (places.length === 0) left = right = bottom = top = 0;
  const side = Math.max(1, Math.min(mostSide, Math.ceil(Math.sqrt(head.regions))));
  const grid: Grid = {
    side, left, bottom, cellWidth: (right - left) / side || 1, cellHeight: (top - bottom) / side || 1,
    starts: new Uint32Array(side * side + 1), items: new Uint32Array(0),
  };
  const spans = new Uint16Array(4 * head.regions);
  for (let r = 0; r < head.regions; r++) {
    let x0 = Infinity;
    let x1 = -Infinity;
    let y0 = Infinity;
    let y1 = -Infinity;
    for (let h = 2 * firsts[r]; h < 2 * firsts[r + 1]; h += 2) {
      x0 = Math.min(x0, places[h]);
      x1 = Math.max(x1, places[h]);
      y0 = Math.min(y0, places[h + 1]);
      y1 = Math.max(y1, places[h + 1]);
    }
    const i0 = (spans[4 * r] = column(grid, x0));
    const i1 = (spans[4 * r + 1] = column(grid, x1));
    const j0 = (spans[4 * r + 2] = row(grid, y0));
    const j1 = (spans[4 * r + 3] = row(grid, y1));
    for (let j = j0; j <= j1; j++) for (let i = i0; i <= i1; i++) grid.starts[j * side + i + 1]++;
  }
  for (let c = 0; c < side * side; c++) grid.starts[c + 1] += grid.starts[c];
  grid.items = new Uint32Array(grid.starts[side * side]);
  const next = grid.starts.slice();
  for (let r = 0; r < head.regions; r++)
    for (let j = spans[4 * r + 2]; j <= spans[4 * r + 3]; j++)
      for (let i = spans[4 * r]; i <= spans[4 * r + 1]; i++) grid.items[next[j * side + i]++] = r;
  return grid;
}

const column = (grid: Grid, x: number) => Math.max(0, Math.min(grid.side - 1, Math.floor((x - grid.left) / grid.cellWidth)));
const row = (grid: Grid, y: number) => Math.max(0, Math.min(grid.side - 1, Math.floor((y - grid.bottom) / grid.cellHeight)));

/** The region that contains a point given relative to the origin, or -1. */
export function pick(scene: { grid: Grid; places: Float32Array; partition: { firsts: Uint32Array } }, x: number, y: number): number {
  const { grid, places, partition } = scene;
  if (x < grid.left || y < grid.bottom || x > grid.left + grid.side * grid.cellWidth || y > grid.bottom + grid.side * grid.cellHeight) return -1;
  const cell = row(grid, y) * grid.side + column(grid, x);
  for (let k = grid.starts[cell]; k < grid.starts[cell + 1]; k++) {
    const region = grid.items[k];
    if (contains(places, partition.firsts[region], partition.firsts[region + 1], x, y)) return region;
  }
  return -1;
}

/** Convex and counter-clockwise: the point is left of every side, or on it. */
function contains(places: Float32Array, from: number, to: number, x: number, y: number): boolean {
  if (to - from < 3) return false;
  for (let h = from; h < to; h++) {
    const a = 2 * h;
    const b = 2 * (h + 1 === to ? from : h + 1);
    if ((places[b] - places[a]) * (y - places[a + 1]) - (places[b + 1] - places[a + 1]) * (x - places[a]) < 0) return false;
  }
  return true;
}
