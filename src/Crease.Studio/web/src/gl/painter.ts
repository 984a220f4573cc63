import { Motion } from '../view/motion';
import { Portion } from '../view/portion';
import { pixelsFrom, reaches, roomFor, serves, underlies, wants, type Room } from '../view/sheets';
import type { Scene } from '../view/scene';
import { isSame, type View } from '../view/view';
import { Beside } from './beside';
import { Brush } from './brush';
import { SceneBuffers } from './buffers';
import { isSamePaint } from './paint';
import { Drawing, weigh, type Picture } from './drawing';
import { Easel } from './easel';
import { program } from './program';
import { sheetFragment, sheetVertex } from './shaders';
import { Sheet } from './sheet';
import type { Look } from './steps';

export type { Look } from './steps';

/** What is drawn of a view now: all of it at once, all of it as soon as the card can, or what there is while the view moves. */
export type Haste = 'now' | 'rest' | 'move';

// A picture that takes longer than this, in milliseconds, is drawn beside the pictures that are shown.
const budget = 8;
// Of this weight, in triangles, a picture is drawn at once before anything is known of the card.
const light = 80_000;
// Pixels of the picture under all others, and how much it is enlarged at most.
const mostUnder = 2_000_000;
const mostEnlarged = 64;

/** How a view is shown: as it is drawn, moved by whole pixels, or enlarged and moved. */
export type Likeness = 'exact' | 'shifted' | 'scaled';

/** Draws scenes, the first lowest. While a costly view moves, a finished picture with room around it is moved and the next one drawn beside it. */
export class Painter {
  private readonly gl: WebGL2RenderingContext;
  private readonly brush: Brush;
  private readonly easel: Easel;
  private readonly sheet: Sheet;
  private readonly under: Sheet;
  private readonly beside: Beside;
  private readonly portion = new Portion(2_000, 2_000);
  private readonly motion = new Motion();
  private readonly mostSamples: number;
  private readonly mostSide: number;
  private uploaded: SceneBuffers[] = [];
  private coming: { scenes: Scene[]; subject: string } | null = null;
  private subject = '';
  private look: Look | null = null;
  private ratio = 1;
  /** Counts what makes finished pictures old: scenes and looks. */
  private stamp = 0;
  private shown: Picture | null = null;
  private job: Drawing | null = null;
  /** What lay under all others until the look changed. At rest it is drawn anew, or a view that is widened would have no surroundings. */
  private lost: View | null = null;
  private timed = 0;
  private cost = 0;

  /** @param ready a picture was finished beside those that are shown. */
  constructor(canvas: HTMLCanvasElement, private readonly ready: () => void) {
    // Pictures have their samples on the easel; those that are moved need none.
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true, powerPreference: 'high-performance' });
    if (!gl) throw new Error('This browser gave no WebGL2 drawing surface. Turn on hardware acceleration, or use a recent Chrome, Firefox or Safari.');
    this.gl = gl;
    this.brush = new Brush(gl);
    this.easel = new Easel(gl);
    const shader = program(gl, sheetVertex, sheetFragment);
    [this.sheet, this.under] = [new Sheet(gl, shader), new Sheet(gl, shader)];
    this.beside = new Beside(gl, this.portion);
    this.mostSamples = (gl.getInternalformatParameter(gl.RENDERBUFFER, gl.RGBA8, gl.SAMPLES) as Int32Array)[0] ?? 0;
    this.mostSide = Math.min(gl.getParameter(gl.MAX_RENDERBUFFER_SIZE) as number, gl.getParameter(gl.MAX_TEXTURE_SIZE) as number);
  }

  /** Milliseconds that the newest scenes took to draw, to the last pixel. */
  get milliseconds(): number {
    return this.cost;
  }

  /** Whether what lies under all others has the colors of the newest look. */
  get isAround(): boolean {
    return this.lost === null;
  }

  /** @param subject what the scenes are of; older pictures of the same stay of use. */
  show(scenes: Scene[], subject: string): void {
    this.coming = { scenes, subject };
  }

  /** Shows a view; unless its picture is exact a better one comes. */
  draw(view: View, look: Look, ratio: number, haste: Haste): Likeness {
    const { gl } = this;
    if (gl.isContextLost()) return 'exact';
    const room = roomFor(gl.drawingBufferWidth, gl.drawingBufferHeight, this.mostSamples, this.mostSide);
    this.adopt(haste);
    if (!isAlike(this.look, look) || ratio !== this.ratio) {
      if (this.under.view && underlies(this.under.view, this.lost)) this.lost = this.under.view;
      [this.look, this.ratio, this.under.view, this.stamp] = [look, ratio, null, this.stamp + 1];
    }
    const moves = haste === 'move';
    if (moves) this.motion.note(view, performance.now());
    const wanted = { view, room, stamp: this.stamp };
    if (isFor(this.shown, wanted)) moves ? this.drop() : this.surround(room.samples);
    else if (haste === 'now' || this.isCheap(wanted)) this.drawAtOnce(wanted, moves);
    else this.aim(wanted, moves);
    const likeness = this.present(wanted);
    this.beside.pictured(moves);
    return likeness;
  }

  free(): void {
    this.beside.stop();
    for (const buffers of this.uploaded) buffers.free();
    for (const part of [this.easel, this.sheet, this.under]) part.free();
  }

  /** New scenes wait for a picture that is being drawn where that goes on to be of use. */
  private adopt(haste: Haste): void {
    const { coming, uploaded } = this;
    if (!coming || (this.job && !this.isForUnder && haste !== 'now' && (haste === 'move' || coming.subject !== this.subject))) return;
    this.coming = null;
    this.drop();
    // What is seen is kept before its scenes go.
    if (uploaded.length > 0 && this.shown && !this.sheet.view) this.drawAtOnce(this.shown, false);
    this.uploaded = coming.scenes.map(scene => uploaded.find(b => b.scene === scene) ?? new SceneBuffers(this.gl, scene));
    for (const old of uploaded) if (!this.uploaded.includes(old)) old.free();
    if (coming.subject !== this.subject) this.under.view = this.lost = null;
    [this.subject, this.stamp, this.timed, this.cost] = [coming.subject, this.stamp + 1, 0, 0];
  }

  private isCheap(picture: Picture): boolean {
    const weight = weigh(picture, this.uploaded, this.look!, true);
    const cost = this.portion.cost(weight);
    return cost === null ? weight < light : cost < budget;
  }

  private drawing(picture: Picture, seenOnly = false): Drawing {
    return new Drawing(this.easel, this.brush, this.sheet, this.uploaded, picture, this.look!, this.ratio, seenOnly);
  }

  /** @param seenOnly spares the room around. */
  private drawAtOnce(picture: Picture, seenOnly: boolean): void {
    const { gl } = this;
    this.drop();
    const start = performance.now();
    const weight = weigh(picture, this.uploaded, this.look!, seenOnly);
    const drawing = this.drawing(picture, seenOnly);
    while (drawing.go(Infinity) > 0);
    this.finish(picture, seenOnly ? null : drawing.wide);
    if (this.timed > 1 || this.uploaded.length === 0) return;
    // Reading one pixel waits for the card: for the first two pictures of scenes, the second of which has all it needs there.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    const took = performance.now() - start;
    if (this.timed++ > 0) this.portion.learn(weight, took);
    this.cost ||= took;
  }

  /** Sees to it that a picture is being drawn that the view will need. */
  private aim(wanted: Picture, moves: boolean): void {
    const { shown, sheet } = this;
    if (this.isForUnder) this.drop();
    const { job } = this;
    if (job?.picture.stamp === this.stamp && (moves ? serves(job.wide, wanted.view) : isFor(job.picture, wanted))) return;
    this.drop();
    if (moves && sheet.view && shown?.stamp === this.stamp && !wants(sheet.view, wanted.view)) return;
    const ahead = moves ? this.motion.ahead((this.cost || budget) / 2) : null;
    this.begin(this.drawing(ahead ? { ...wanted, view: ahead } : wanted));
  }

  private begin(job: Drawing): void {
    this.job = job;
    const began = performance.now();
    const work = (portion: number) => {
      const done = job.go(portion);
      if (job.isFinished && job.sheet === this.under) [this.under.view, this.lost] = [job.wide, null];
      else if (job.isFinished && this.shown !== job.picture) this.finish(job.picture, job.wide);
      return done;
    };
    this.beside.start(work, () => {
      this.job = null;
      this.cost ||= performance.now() - began;
      this.ready();
    });
  }

  private get isForUnder(): boolean {
    return this.job?.sheet === this.under;
  }

  /** Draws what was lost with a look, unless what lies there now shows more. */
  private surround(samples: number): void {
    const { lost, under } = this;
    if (this.isForUnder) return;
    this.drop();
    if (!lost) return;
    if (!underlies(lost, under.view)) {
      this.lost = null;
      return;
    }
    const ratio = Math.min(this.ratio, Math.sqrt(mostUnder / (lost.width * lost.height)));
    const room = { width: Math.max(1, Math.floor(ratio * lost.width)), height: Math.max(1, Math.floor(ratio * lost.height)), across: 0, up: 0, samples };
    this.begin(new Drawing(this.easel, this.brush, under, this.uploaded, { view: lost, room, stamp: this.stamp }, this.look!, ratio));
  }

  private finish(picture: Picture, wide: View | null): void {
    this.shown = picture;
    this.sheet.view = wide;
    if (wide && underlies(wide, this.under.view)) this.under.take(this.sheet, mostUnder);
  }

  private present(wanted: Picture): Likeness {
    const { gl, sheet, under, shown } = this;
    const { view, room } = wanted;
    if (isFor(shown, wanted)) {
      sheet.copy(room);
      return 'exact';
    }
    // Nothing was drawn yet: what stands there stays.
    if (!sheet.view || !shown) return 'scaled';
    const isShifted = shown.stamp === wanted.stamp && isAs(shown.room, room) && pixelsFrom(sheet.view, view, room) !== null;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (under.view && !reaches(sheet.view, view) && view.scale < mostEnlarged * under.view.scale) under.draw(view);
    sheet.draw(view);
    return isShifted ? 'shifted' : 'scaled';
  }

  private drop(): void {
    this.beside.stop();
    this.job = null;
  }
}

const isFor = (picture: Picture | null, wanted: Picture): boolean =>
  picture !== null && picture.stamp === wanted.stamp && isSame(picture.view, wanted.view) &&
  picture.view.width === wanted.view.width && picture.view.height === wanted.view.height && isAs(picture.room, wanted.room);

const isAs = (a: Room, b: Room): boolean => a.width === b.width && a.height === b.height && a.across === b.across && a.up === b.up;

const isAlike = (a: Look | null, b: Look): boolean => a !== null && isSamePaint(a.paint, b.paint) && a.boundary === b.boundary && a.layers.join() === b.layers.join();
