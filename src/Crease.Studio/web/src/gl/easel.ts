import type { Room } from '../view/sheets';
import type { Sheet } from './sheet';

/** Where pictures are drawn, as long as it takes and with several samples per pixel; never seen itself. */
export class Easel {
  private readonly frame: WebGLFramebuffer;
  private readonly buffer: WebGLRenderbuffer;
  private room: Room | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.frame = gl.createFramebuffer();
    this.buffer = gl.createRenderbuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.buffer);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, this.buffer);
  }

  /** An empty picture of such a size, or only the part of it that is seen. */
  begin(room: Room, seenOnly: boolean): void {
    this.fit(room);
    this.use(room, seenOnly);
    this.gl.clearColor(0, 0, 0, 0);
    this.gl.clear(this.gl.COLOR_BUFFER_BIT);
    this.rest();
  }

  /** What follows is drawn here; all of it, or only the part that is seen. */
  use(room: Room, seenOnly: boolean): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.viewport(0, 0, room.width, room.height);
    if (!seenOnly) return gl.disable(gl.SCISSOR_TEST);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(room.across, room.up, room.width - 2 * room.across, room.height - 2 * room.up);
  }

  /** What follows goes elsewhere. */
  rest(): void {
    this.gl.disable(this.gl.SCISSOR_TEST);
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, null);
  }

  /** Hands the picture, or the part of it that is seen, to a sheet. */
  finish(sheet: Sheet, room: Room, seenOnly: boolean): void {
    const { gl } = this;
    const [x, y] = seenOnly ? [room.across, room.up] : [0, 0];
    gl.disable(gl.SCISSOR_TEST);
    sheet.fit(room.width, room.height);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.frame);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, sheet.frame);
    gl.blitFramebuffer(x, y, room.width - x, room.height - y, x, y, room.width - x, room.height - y, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  free(): void {
    this.gl.deleteFramebuffer(this.frame);
    this.gl.deleteRenderbuffer(this.buffer);
  }

  private fit(room: Room): void {
    if (this.room && this.room.width === room.width && this.room.height === room.height && this.room.samples === room.samples) return;
    const { gl } = this;
    this.room = room;
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.buffer);
    gl.renderbufferStorageMultisample(gl.RENDERBUFFER, room.samples, gl.RGBA8, room.width, room.height);
  }
}
