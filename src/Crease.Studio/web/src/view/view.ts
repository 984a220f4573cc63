import type { Viewport } from '../api/types';

/** What is seen: the center in slice units, pixels per unit, and the size of the plot in pixels. All in float64. */
export interface View {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

export type Extent = [minS: number, maxS: number, minT: number, maxT: number];

// Deeper, a view is some 1e-9 wide and cuts meet the digits of float64 itself.
const mostZoom = 2e9;

export const toX = (view: View, s: number): number => view.width / 2 + (s - view.x) * view.scale;
export const toY = (view: View, t: number): number => view.height / 2 - (t - view.y) * view.scale;
export const fromX = (view: View, px: number): number => view.x + (px - view.width / 2) / view.scale;
export const fromY = (view: View, py: number): number => view.y - (py - view.height / 2) / view.scale;

export function fitScale(extent: Extent, width: number, height: number): number {
  return 0.96 * Math.min(width / Math.max(extent[1] - extent[0], 1e-300), height / Math.max(extent[3] - extent[2], 1e-300));
}

export const fit = (extent: Extent, width: number, height: number): View => ({
  x: (extent[0] + extent[1]) / 2,
  y: (extent[2] + extent[3]) / 2,
  scale: fitScale(extent, width, height),
  width,
  height,
});

/** Whether two views of one size show the same, up to a thousandth of a pixel. */
export const isSame = (a: View, b: View): boolean => Math.abs(a.scale / b.scale - 1) < 1e-12 && Math.hypot(a.x - b.x, a.y - b.y) * b.scale < 1e-3;

/** The point under the pixel stays there. */
export function zoomAbout(view: View, px: number, py: number, factor: number, extent: Extent): View {
  const whole = fitScale(extent, view.width, view.height);
  const scale = Math.max(0.4 * whole, Math.min(mostZoom * whole, view.scale * factor));
  const dx = px - view.width / 2;
  const dy = py - view.height / 2;
  return { ...view, scale, x: view.x + dx / view.scale - dx / scale, y: view.y - dy / view.scale + dy / scale };
}

export function pan(view: View, dx: number, dy: number, extent: Extent): View {
  const x = Math.max(extent[0], Math.min(extent[1], view.x - dx / view.scale));
  const y = Math.max(extent[2], Math.min(extent[3], view.y + dy / view.scale));
  return { ...view, x, y };
}

/** The whole stays whole, and a part keeps its zoom, when the plot changes its size. */
export function resize(view: View, width: number, height: number, extent: Extent): View {
  const before = fitScale(extent, view.width, view.height);
  const after = fitScale(extent, width, height);
  return { ...view, width, height, scale: view.scale * (after / before) };
}

export const viewportOf = (view: View): Viewport => ({ x: view.x, y: view.y, width: view.width / view.scale, height: view.height / view.scale });

export function show(viewport: Viewport, width: number, height: number): View {
  return { x: viewport.x, y: viewport.y, scale: Math.min(width / viewport.width, height / viewport.height), width, height };
}

export const sees = (outer: Viewport, inner: Viewport): boolean =>
  Math.abs(inner.x - outer.x) + inner.width / 2 <= (outer.width / 2) * (1 + 1e-9) &&
  Math.abs(inner.y - outer.y) + inner.height / 2 <= (outer.height / 2) * (1 + 1e-9);

/** The part of the viewport inside the extent, or null where they do not meet. */
export function within(viewport: Viewport, extent: Extent): Viewport | null {
  const x0 = Math.max(viewport.x - viewport.width / 2, extent[0]);
  const x1 = Math.min(viewport.x + viewport.width / 2, extent[1]);
  const y0 = Math.max(viewport.y - viewport.height / 2, extent[2]);
  const y1 = Math.min(viewport.y + viewport.height / 2, extent[3]);
  return x1 > x0 && y1 > y0 ? { x: (x0 + x1) / 2, y: (y0 + y1) / 2, width: x1 - x0, height: y1 - y0 } : null;
}

export const coversAll = (viewport: Viewport, extent: Extent): boolean =>
  viewport.x - viewport.width / 2 <= extent[0] && viewport.x + viewport.width / 2 >= extent[1] &&
  viewport.y - viewport.height / 2 <= extent[2] && viewport.y + viewport.height / 2 >= extent[3];

/** What is seen, as a box of the slice. */
export const boxOf = ({ x, y, scale, width, height }: View): Extent => [x - width / scale / 2, x + width / scale / 2, y - height / scale / 2, y + height / scale / 2];
