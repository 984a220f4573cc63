import type { Viewport } from '../api/types';
import { coversAll, viewportOf, within, type Extent, type View } from './view';

// Room around the view that is cut as well, so that a short pan shows no edge, while cutting is cheaper than so many seconds.
const room = 1.3;
const cheap = 0.06;

/** What is cut for a view, or null for the whole slice. */
export function partFor(view: View, extent: Extent, lastSeconds: number): Viewport | null {
  const margin = lastSeconds < cheap ? room : 1;
  const padded = { ...viewportOf(view), width: (view.width / view.scale) * margin, height: (view.height / view.scale) * margin };
  return coversAll(padded, extent) ? null : within(padded, extent);
}
