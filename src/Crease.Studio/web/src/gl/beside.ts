import { Allowance } from '../view/allowance';
import type { Portion } from '../view/portion';

// Milliseconds of a portion while nobody waits for the next picture.
const resting = 30;
// A timer that looks whether the card is done, and one for pictures that do not come.
const poll = 4;
const late = 50;

/** Work for the card beside the pictures: a portion after each, and the next one when the card is done with the last. */
export class Beside {
  private readonly allowance = new Allowance();
  private work: ((portion: number) => number) | null = null;
  private done: () => void = () => {};
  private fence: WebGLSync | null = null;
  private since = 0;
  private weight = 0;
  private timer = 0;
  private moves = false;

  constructor(private readonly gl: WebGL2RenderingContext, private readonly portion: Portion) {}

  /** @param work does at most so much and tells how much; 0 when nothing is left. */
  start(work: (portion: number) => number, done: () => void): void {
    [this.work, this.done] = [work, done];
    this.later(poll);
  }

  stop(): void {
    this.work = null;
    window.clearTimeout(this.timer);
  }

  /** A picture was just drawn: what comes now does not hold it up. */
  pictured(moves: boolean): void {
    this.moves = moves;
    if (moves) this.allowance.pictured(performance.now());
    if (this.work) this.later(moves ? poll : 0);
  }

  private later(milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.turn(), milliseconds);
  }

  private turn(): void {
    const { gl } = this;
    if (!this.work || gl.isContextLost()) return;
    if (this.fence) {
      if (gl.clientWaitSync(this.fence, 0, 0) === gl.TIMEOUT_EXPIRED) return this.later(poll);
      gl.deleteSync(this.fence);
      this.fence = null;
      const took = performance.now() - this.since;
      this.portion.learn(this.weight, took);
      if (this.moves) {
        this.allowance.spend(took);
        return this.later(late);
      }
    }
    const time = this.moves ? this.allowance.now : resting;
    if (time === 0) return this.later(late);
    this.since = performance.now();
    this.weight = this.work(this.portion.within(time));
    if (this.weight === 0) {
      const { done } = this;
      this.stop();
      return done();
    }
    this.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    this.later(poll);
  }
}
