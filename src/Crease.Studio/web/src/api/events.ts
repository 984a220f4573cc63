import type { Metrics, RunState } from './types';

export interface Feed {
  metrics(row: Metrics): void;
  progress(now: { step: number; loss: number | null }): void;
  state(change: { state: RunState; done: number; error: string | null }): void;
  connected(is: boolean): void;
}

const longestWait = 15_000;

/** Follows a run until the returned function is called; a broken connection is made again, later each time, after the last step that is known. */
export function follow(run: string, after: () => number, feed: Feed): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  let wait = 500;
  const on = <T>(name: string, take: (value: T) => void) =>
    source!.addEventListener(name, event => take(JSON.parse((event as MessageEvent<string>).data) as T));
  const open = () => {
    const last = after();
    source = new EventSource(`/api/runs/${encodeURIComponent(run)}/events${last >= 0 ? `?after=${last}` : ''}`);
    source.onopen = () => {
      wait = 500;
      feed.connected(true);
    };
    on('metrics', feed.metrics);
    on('progress', feed.progress);
    on('state', feed.state);
    source.onerror = () => {
      // The browser's own repetition gives up after an error status; ours does not.
      source?.close();
      feed.connected(false);
      timer = window.setTimeout(open, wait);
      wait = Math.min(longestWait, wait * 2);
    };
  };
  open();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}
