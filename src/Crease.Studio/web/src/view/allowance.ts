// Milliseconds beside one picture of sixty in a second, at least and at most.
const least = 0.4;
const most = 4;
// A picture that comes later than this after the last one missed its turn.
const late = 22;
// A gesture that pauses so long begins anew.
const pause = 150;
// What took longer than it was given is paid for by the next pictures, up to so much.
const mostDebt = 30;

/** Time for work beside pictures that follow each other: less as soon as one is late, slowly more while none is. */
export class Allowance {
  private each = most / 2;
  private saved = 0;
  private last = -Infinity;

  /** A picture was drawn. */
  pictured(now: number): void {
    const gap = now - this.last;
    this.last = now;
    if (gap < pause) this.each = gap > late ? Math.max(least, this.each / 2) : Math.min(most, this.each * 1.08);
    this.saved = Math.min(most, this.saved + this.each);
  }

  /** Milliseconds that may be used now, or 0 where it is not yet worth beginning. */
  get now(): number {
    return this.saved < 1.5 ? 0 : this.saved;
  }

  spend(milliseconds: number): void {
    this.saved = Math.max(-mostDebt, this.saved - milliseconds);
  }
}
