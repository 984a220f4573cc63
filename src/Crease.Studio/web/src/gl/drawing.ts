import { widened, type Room } from '../view/sheets';
import type { View } from '../view/view';
import type { Brush } from './brush';
import type { SceneBuffers } from './buffers';
import type { Easel } from './easel';
import type { Sheet } from './sheet';
import { stepsOf, take, weightOf, type Look, type Step } from './steps';

/** A picture of a view with room around it. */
export interface Picture {
  view: View;
  room: Room;
  /** Of which scenes and with which look: pictures with another number are old. */
  stamp: number;
}

// Bytes that are brought to the card, and pixels that are cleared and handed over, in the time of one triangle.
const bytesPerTriangle = 300;
const pixelsPerTriangle = 100;

/** What drawing costs, in triangles. */
export function weigh(picture: Picture, buffers: SceneBuffers[], look: Look, seenOnly: boolean): number {
  const { view, room } = picture;
  const pixels = seenOnly ? (room.width - 2 * room.across) * (room.height - 2 * room.up) : room.width * room.height;
  const missing = buffers.reduce((sum, b) => sum + b.missing, 0);
  return weightOf(stepsOf(buffers.map(b => b.scene), seenOnly ? view : widened(view, room), look)) + missing / bytesPerTriangle + pixels / pixelsPerTriangle;
}

/** Draws one picture, in portions or at once. */
export class Drawing {
  readonly wide: View;
  private steps: Step[] | null = null;
  /** Whether the picture is on its sheet. */
  isFinished = false;

  /** @param seenOnly spares the room around. */
  constructor(
    private readonly easel: Easel, private readonly brush: Brush, readonly sheet: Sheet, private readonly buffers: SceneBuffers[],
    readonly picture: Picture, private readonly look: Look, private readonly ratio: number, private readonly seenOnly = false,
  ) {
    this.wide = widened(picture.view, picture.room);
  }

  /** Goes on by about so much, in triangles; returns by how much, and 0 when the picture was on its sheet already. */
  go(portion: number): number {
    const { easel, buffers, picture: { view, room }, seenOnly } = this;
    const pixels = (room.width * room.height) / pixelsPerTriangle;
    const loading = buffers.find(b => b.missing > 0);
    if (loading) {
      const before = loading.missing;
      loading.load(Math.ceil(portion * bytesPerTriangle));
      return (before - loading.missing) / bytesPerTriangle;
    }
    if (!this.steps) {
      this.steps = stepsOf(buffers.map(b => b.scene), seenOnly ? view : this.wide, this.look);
      easel.begin(room, seenOnly);
      return pixels / 2;
    }
    if (this.steps.length > 0) {
      const steps = take(this.steps, portion);
      easel.use(room, seenOnly);
      for (const step of steps) this.brush.draw(step, buffers.find(b => b.scene === step.scene)!, this.wide, this.look.paint, this.ratio);
      easel.rest();
      return weightOf(steps);
    }
    if (this.isFinished) return 0;
    this.isFinished = true;
    easel.finish(this.sheet, room, seenOnly);
    return pixels / 2;
  }
}
