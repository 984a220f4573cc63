import { api, lineOf } from '../api/client';
import { follow } from '../api/events';
import type { Dynamics, Metrics, Run } from '../api/types';

const dynamicsEvery = 8_000;

/** One run as it goes: its numbers arrive by themselves, its checkpoints are looked for after them. */
export class Training {
  run = $state.raw<Run | null>(null);
  metrics = $state.raw<Metrics[]>([]);
  dynamics = $state.raw<Dynamics | null>(null);
  checkpoints = $state.raw<number[]>([]);
  step = $state(0);
  loss = $state<number | null>(null);
  connected = $state(false);
  error = $state<string | null>(null);
  dynamicsError = $state<string | null>(null);

  private stopFeed: (() => void) | null = null;
  private timer = 0;
  private looked = 0;
  private closed = false;

  constructor(readonly id: string) {}

  async open(): Promise<void> {
    this.error = null;
    try {
      const [run, metrics, checkpoints] = await Promise.all([api.run(this.id), api.metrics(this.id), api.checkpoints(this.id)]);
      if (this.closed) return;
      [this.run, this.metrics, this.checkpoints, this.step] = [run, metrics, checkpoints, run.done];
      this.stopFeed = follow(this.id, () => this.metrics.at(-1)?.step ?? -1, {
        metrics: row => this.add(row),
        progress: now => ([this.step, this.loss] = [now.step, now.loss]),
        state: change => {
          if (this.run) this.run = { ...this.run, ...change };
          this.lookForCheckpoints();
        },
        connected: is => void this.reach(is),
      });
      void this.askDynamics();
    } catch (fault) {
      this.error = lineOf(fault);
    }
  }

  async pause(): Promise<void> {
    await this.act(() => api.pauseRun(this.id));
  }

  /** Goes on, to more steps in all where they are given. */
  async resume(steps?: number): Promise<void> {
    await this.act(() => api.resumeRun(this.id, steps));
    window.clearTimeout(this.timer);
    void this.askDynamics();
  }

  close(): void {
    this.closed = true;
    this.stopFeed?.();
    window.clearTimeout(this.timer);
  }

  private async act(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
      this.run = await api.run(this.id);
      this.error = null;
    } catch (fault) {
      this.error = lineOf(fault);
    }
  }

  // A stream that breaks does not say why; a request does.
  private async reach(is: boolean): Promise<void> {
    this.connected = is;
    if (is && !this.error && !this.dynamicsError) return;
    try {
      this.run = await api.run(this.id);
      this.error = null;
    } catch (fault) {
      if (!this.closed) this.error = lineOf(fault);
      return;
    }
    if (this.dynamicsError) void this.askDynamics();
  }

  private add(row: Metrics): void {
    const last = this.metrics.at(-1);
    if (last && row.step <= last.step) return;
    this.metrics = [...this.metrics, row];
    this.step = Math.max(this.step, row.step);
    if (performance.now() - this.looked >= 1500) this.lookForCheckpoints();
  }

  private lookForCheckpoints(): void {
    this.looked = performance.now();
    void api.checkpoints(this.id).then(found => (this.checkpoints = found), () => undefined);
  }

  private async askDynamics(): Promise<void> {
    try {
      const [dynamics, checkpoints] = await Promise.all([api.dynamics(this.id), api.checkpoints(this.id)]);
      [this.dynamics, this.checkpoints, this.dynamicsError] = [dynamics, checkpoints, null];
    } catch (fault) {
      this.dynamicsError = lineOf(fault);
    }
    const done = this.run?.state !== 'running' && (this.dynamics?.rows.length ?? 0) >= this.checkpoints.length;
    if (!this.closed && !done && !this.dynamicsError) this.timer = window.setTimeout(() => void this.askDynamics(), dynamicsEvery);
  }
}
