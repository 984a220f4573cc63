import type { Partition } from '../api/partition';
import { makeScene, type Scene } from './scene';

const small = 4_000;

let worker: Worker | null = null;
let next = 0;
const waiting = new Map<number, (scene: Scene) => void>();

/** Makes a scene beside the page's own thread, so that panning goes on; small ones at once. */
export function prepare(partition: Partition): Promise<Scene> {
  if (partition.head.regions <= small) return Promise.resolve(makeScene(partition));
  worker ??= start();
  const id = next++;
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(partition)) if (ArrayBuffer.isView(value)) buffers.add(value.buffer as ArrayBuffer);
  return new Promise(done => {
    waiting.set(id, done);
    worker!.postMessage({ id, partition }, [...buffers]);
  });
}

function start(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  made.onmessage = (event: MessageEvent<{ id: number; scene: Scene }>) => {
    waiting.get(event.data.id)?.(event.data.scene);
    waiting.delete(event.data.id);
  };
  return made;
}
