import { classColor, discrete, muted, sequentialTable } from '../color/palettes';
import type { Scale } from '../color/scales';
import type { Coloring } from '../api/types';
import type { Scene } from '../view/scene';

/** How values become colors: a table, and where on it a value lies. */
export interface Paint {
  coloring: Coloring;
  palette: number[];
  mode: 'linear' | 'log' | 'index';
  range: [number, number];
}

const paper = [0xdfe5ea];
const continuous = sequentialTable();
const random = muted();

export function paintOf(coloring: Coloring, scales: { slope: Scale; area: Scale }, depths: number, classes: number): Paint {
  if (coloring === 'slope' || coloring === 'area') {
    const scale = scales[coloring];
    return { coloring, palette: continuous, mode: scale.log ? 'log' : 'linear', range: [scale.low, scale.high] };
  }
  const palette = coloring === 'random' ? random : coloring === 'depth' ? discrete(depths) : Array.from({ length: Math.max(1, classes) }, (_, i) => classColor(i));
  return { coloring, palette, mode: 'index', range: [0, 0] };
}

/** Whether two color everything alike. */
export const isSamePaint = (a: Paint, b: Paint): boolean =>
  a === b || (a.coloring === b.coloring && a.mode === b.mode && a.range.join() === b.range.join() && (a.palette === b.palette || a.palette.join() === b.palette.join()));

/** Creases without what they enclose: of a sketch nothing but those is known. */
export const plain: Paint = { coloring: 'depth', palette: paper, mode: 'index', range: [0, 0] };

/** What the value texture holds: one number per region. */
export function valuesOf(scene: Scene, coloring: Coloring): Float32Array {
  const { partition } = scene;
  switch (coloring) {
    case 'slope': return partition.slope;
    case 'area': return partition.area;
    case 'depth': return Float32Array.from(partition.depth);
    case 'class': return Float32Array.from(partition.class, c => Math.max(0, c));
    // The upper bits of the hash: a float keeps no more than 24.
    case 'random': return Float32Array.from(partition.hash, h => h >>> 26);
  }
}
