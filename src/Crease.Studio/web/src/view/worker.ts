import type { Partition } from '../api/partition';
import { makeScene } from './scene';

self.onmessage = (event: MessageEvent<{ id: number; partition: Partition }>) => {
  const scene = makeScene(event.data.partition);
  const buffers = new Set<ArrayBuffer>();
  for (const array of [scene.places, scene.owners, scene.fans, scene.edges, scene.layerFirsts, scene.layerLengths, scene.grid.starts, scene.grid.items])
    buffers.add(array.buffer as ArrayBuffer);
  for (const value of Object.values(scene.partition)) if (ArrayBuffer.isView(value)) buffers.add(value.buffer as ArrayBuffer);
  (self as unknown as DedicatedWorkerGlobalScope).postMessage({ id: event.data.id, scene }, [...buffers]);
};
