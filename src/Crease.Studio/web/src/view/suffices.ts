import type { Scene } from './scene';
import { coversAll, sees, viewportOf, within, type Extent, type View } from './view';

// Float32 corners are drawn as long as their rounding stays below this share of a pixel.
const tolerance = 0.05;

/** How many pixels float32 may move a corner that is seen. */
export function rounding({ partition }: Scene, view: View, extent: Extent): number {
  const { origin } = partition.head;
  const seen = within(viewportOf(view), extent) ?? viewportOf(view);
  return Math.max(Math.abs(seen.x - origin[0]) + seen.width / 2, Math.abs(seen.y - origin[1]) + seen.height / 2) * 2 ** -24 * view.scale;
}

/** Whether a scene already shows all that a new cut of the view would. */
export function suffices(scene: Scene, view: View, extent: Extent): boolean {
  const { head } = scene.partition;
  const seen = within(viewportOf(view), extent);
  if (!seen || !sees(head.viewport, seen)) return false;
  const isWhole = coversAll(head.viewport, extent);
  if (head.status !== 'complete' && !(isWhole && coversAll(viewportOf(view), extent)) && view.scale * head.viewport.width > 1.6 * view.width) return false;
  return rounding(scene, view, extent) <= tolerance;
}
