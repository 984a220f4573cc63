const settle = 80;
// During one long zoom a cut is asked for now and then all the same, but not while the last one would not yet be done.
const shortest = 350;

/** Milliseconds after which a view that keeps moving is cut anew, when the last cut took so many seconds. */
export const patienceFor = (seconds: number): number => Math.max(shortest, 2000 * seconds);

/** Calls when a view that moves comes to rest, and now and then while it does not. */
export class Settling {
  private timer = 0;
  private restless = 0;

  constructor(private readonly then: () => void) {}

  moved(wait = settle, patience = shortest): void {
    const now = performance.now();
    if (this.timer === 0) this.restless = now;
    window.clearTimeout(this.timer);
    const rest = () => {
      this.timer = 0;
      this.then();
    };
    this.timer = window.setTimeout(rest, Math.min(wait, Math.max(0, this.restless + patience - now)));
  }

  stop(): void {
    window.clearTimeout(this.timer);
  }
}
