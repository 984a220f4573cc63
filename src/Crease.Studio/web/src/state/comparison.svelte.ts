import { api, isAbort, lineOf } from '../api/client';
import type { Dynamics, Metrics, TrainingOptions } from '../api/types';

const again = 6_000;

export interface Compared {
  id: string;
  metrics: Metrics[];
  dynamics: Dynamics | null;
  options: TrainingOptions;
}

/** The numbers of several runs, asked for again while any of them changes. */
export class Comparison {
  runs = $state.raw<Compared[]>([]);
  error = $state<string | null>(null);
  loading = $state(false);

  private ids: string[] = [];
  private timer = 0;
  private asked: AbortController | null = null;

  constructor(private readonly isRunning: (id: string) => boolean) {}

  /** Which runs, in the order of their colors. */
  choose(ids: string[]): void {
    if (ids.join() === this.ids.join()) return;
    this.ids = ids;
    this.runs = this.runs.filter(run => ids.includes(run.id));
    void this.load();
  }

  close(): void {
    window.clearTimeout(this.timer);
    this.asked?.abort();
  }

  private async load(): Promise<void> {
    this.close();
    if (this.ids.length === 0) return;
    this.asked = new AbortController();
    const { signal } = this.asked;
    this.loading = true;
    try {
      const runs = await Promise.all(this.ids.map(id => this.read(id, signal)));
      if (signal.aborted) return;
      [this.runs, this.error, this.loading] = [runs, null, false];
      const isMoving = runs.some(run => this.isRunning(run.id) || (run.dynamics !== null && run.dynamics.rows.length < run.dynamics.checkpoints));
      if (isMoving) this.timer = window.setTimeout(() => void this.load(), again);
    } catch (fault) {
      if (isAbort(fault)) return;
      [this.error, this.loading] = [lineOf(fault), false];
    }
  }

  private async read(id: string, signal: AbortSignal): Promise<Compared> {
    // What cannot be measured has curves all the same.
    const measured = api.dynamics(id, signal).catch(fault => {
      if (isAbort(fault)) throw fault;
      return null;
    });
    const [metrics, dynamics, options] = await Promise.all([api.metrics(id, signal), measured, api.runOptions(id, signal)]);
    return { id, metrics, dynamics, options };
  }
}
