import type { Scene } from './scene';

const subjects = new WeakMap<Scene, string>();

/** Says of what network and slice a scene is. */
export function name(scene: Scene, network: string, slice: object): Scene {
  subjects.set(scene, `${network} ${JSON.stringify(slice)}`);
  return scene;
}

/** What a scene is of: the same text for scenes of the same. */
export const subjectOf = (scene: Scene | null): string => (scene && subjects.get(scene)) ?? '';
