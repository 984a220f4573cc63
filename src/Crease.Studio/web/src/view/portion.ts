/** How much is drawn in one go, learned from how long it took. */
export class Portion {
  /** Drawn per millisecond; a guess until something was. */
  private rate: number;
  private known = false;

  /** @param least is drawn in any case, so that every picture is finished. */
  constructor(guess: number, private readonly least: number) {
    this.rate = guess;
  }

  /** Milliseconds that so much takes; null while nothing was measured. */
  cost(weight: number): number | null {
    return this.known ? weight / this.rate : null;
  }

  /** How much fits into so many milliseconds. */
  within(milliseconds: number): number {
    return Math.max(this.least, this.rate * milliseconds);
  }

  /** One slow picture among fast ones may be the fault of others: neither halves nor doubles more than once. */
  learn(weight: number, milliseconds: number): void {
    if (weight < this.least) return;
    const measured = weight / Math.max(milliseconds, 0.05);
    this.rate = this.known ? Math.max(this.rate / 2, Math.min(2 * this.rate, 0.6 * this.rate + 0.4 * measured)) : measured;
    this.known = true;
  }
}
