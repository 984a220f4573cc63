import { pick } from './picking';
import type { Scene } from './scene';

/** A region of one of the scenes that are shown. */
export interface Hit {
  scene: Scene;
  region: number;
}

/** The region of the first scene that has one at a point of the slice. */
export function hitIn(scenes: (Scene | null)[], s: number, t: number): Hit | null {
  for (const scene of scenes) {
    if (!scene) continue;
    const { origin } = scene.partition.head;
    const region = pick(scene, s - origin[0], t - origin[1]);
    if (region >= 0) return { scene, region };
  }
  return null;
}
