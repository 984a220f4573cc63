import { lineStyles, type LineStyle } from '../view/lines';
import { runsIn, type Box, type Run } from '../view/pieces';
import type { Scene } from '../view/scene';
import { boxOf, type View } from '../view/view';
import type { Paint } from './paint';

export interface Look {
  paint: Paint;
  layers: boolean[];
  boundary: boolean;
}

/** Primitives of one kind of a scene that follow each other. Drawn one after the other, steps make a picture; a step may be drawn in parts. */
export interface Step {
  scene: Scene;
  kind: 'fill' | 'line' | 'border';
  from: number;
  count: number;
  style: LineStyle | null;
}

// What drawing one costs, in triangles of a region.
const weights = { fill: 1, line: 0.4, border: 2 };

// Lines reach so many pixels beyond their ends, and a pixel more is seen.
const reach = 4;

const borders: LineStyle[] = [{ width: 5, opacity: 1, color: '#ffffff' }, { width: 2.4, opacity: 1, color: '#000000' }];

/** All that is seen of scenes, the first lowest, in the order in which it is drawn: regions, creases from the last layer to the first, the decision boundary. */
export function stepsOf(scenes: Scene[], view: View, look: Look): Step[] {
  const steps: Step[] = [];
  scenes.forEach((scene, s) => {
    const seen = relative(boxOf(view), scene, reach / view.scale);
    const covered = coverOf(scenes.slice(s + 1), scene, reach / view.scale);
    const add = (kind: Step['kind'], runs: Run[], style: LineStyle | null) => {
      for (const [from, count] of runs) steps.push({ scene, kind, from, count, style });
    };
    add('fill', runsIn(scene.fills, seen, covered), null);
    const styles = lineStyles(scene, view.scale);
    for (let l = styles.length - 1; l >= 0; l--) if (look.layers[l] !== false && scene.lines[l]) add('line', runsIn(scene.lines[l], seen, covered), styles[l]);
    const count = scene.partition.boundary.length / 4;
    if (look.boundary && count > 0) for (const style of borders) add('border', [[0, count]], style);
  });
  return steps;
}

export const weightOf = (steps: Step[]): number => steps.reduce((sum, { kind, count }) => sum + weights[kind] * count, 0);

/** Takes the first steps off a list, of at most such a weight but at least one primitive. */
export function take(steps: Step[], weight: number): Step[] {
  const taken: Step[] = [];
  for (let left = weight; steps.length > 0 && (left > 0 || taken.length === 0); ) {
    const first = steps[0];
    const count = Math.max(1, Math.min(first.count, Math.floor(left / weights[first.kind])));
    taken.push({ ...first, count });
    left -= count * weights[first.kind];
    if (count === first.count) steps.shift();
    else steps[0] = { ...first, from: first.from + count, count: first.count - count };
  }
  return taken;
}

function relative([x0, x1, y0, y1]: Box, { partition }: Scene, more: number): Box {
  const [x, y] = partition.head.origin;
  return [x0 - x - more, x1 - x + more, y0 - y - more, y1 - y + more];
}

/** What the next scene above hides of this one, where that is a whole partition of its viewport. */
function coverOf(above: Scene[], scene: Scene, less: number): Box | null {
  const over = above.at(-1)?.partition.head;
  if (!over || over.status !== 'complete' || over.isSketch) return null;
  const { x, y, width, height } = over.viewport;
  return relative([x - width / 2, x + width / 2, y - height / 2, y + height / 2], scene, -less);
}
