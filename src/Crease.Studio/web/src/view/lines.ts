import { hex, ink } from '../color/palettes';
import type { Scene } from './scene';

export interface LineStyle {
  width: number;
  opacity: number;
  color: string;
}

const coverage = 0.2;

export const layerWidth = (layer: number): number => Math.max(0.8, 1.7 * 0.8 ** layer);

/** Widths and opacities such that creases cover at most a fifth of the picture: a dense partition stays a picture of regions. */
export function lineStyles(scene: Scene, scale: number): LineStyle[] {
  const { viewport, layers } = scene.partition.head;
  const room = viewport.width * viewport.height * scale;
  const widths = layers.map((_, l) => layerWidth(l));
  let covered = 0;
  widths.forEach((width, l) => (covered += (scene.layerLengths[l] * width) / room));
  const thin = Math.min(1, coverage / Math.max(covered, 1e-300));
  const thinned = widths.map(width => Math.max((0.3 * width) / widths[0], width * thin));
  let after = 0;
  thinned.forEach((width, l) => (after += (scene.layerLengths[l] * width) / room));
  const opacity = Math.max(0.12, 0.92 * Math.min(1, coverage / Math.max(after, 1e-300)));
  return thinned.map((width, l) => ({ width, opacity, color: hex(ink(l)) }));
}
