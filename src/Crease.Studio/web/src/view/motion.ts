import type { View } from './view';

// What happened longer ago says nothing of what comes, and nothing is foreseen further, in milliseconds.
const memory = 120;
const furthest = 160;
// A step in one direction goes no further than this share of what is seen, and this factor.
const mostShift = 0.12;
const mostZoom = 1.2;

/** How a view moves, to foresee where it will be. */
export class Motion {
  private seen: { view: View; at: number }[] = [];

  note(view: View, now: number): void {
    this.seen = [...this.seen.filter(s => now - s.at < memory && s.view.width === view.width && s.view.height === view.height), { view, at: now }];
  }

  /** The view after so many milliseconds if it goes on as it does; never so far that the newest one is out of a picture with room around it. */
  ahead(milliseconds: number): View | null {
    const last = this.seen.at(-1);
    if (!last) return null;
    const first = this.seen[0];
    const past = last.at - first.at;
    if (past < 1) return last.view;
    const times = Math.min(milliseconds, furthest) / past;
    const limit = (value: number, most: number) => Math.max(-most, Math.min(most, value));
    const { view } = last;
    const grown = Math.exp(limit(times * Math.log(view.scale / first.view.scale), Math.log(mostZoom)));
    return {
      ...view, scale: view.scale * grown,
      x: view.x + limit(times * (view.x - first.view.x), (mostShift * view.width) / view.scale),
      y: view.y + limit(times * (view.y - first.view.y), (mostShift * view.height) / view.scale),
    };
  }
}
