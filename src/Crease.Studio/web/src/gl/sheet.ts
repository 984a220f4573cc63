import { placeIn, type Room } from '../view/sheets';
import type { View } from '../view/view';
import type { Program } from './program';

/** A finished picture: what it shows, and its pixels. */
export class Sheet {
  readonly frame: WebGLFramebuffer;
  /** What it shows, with the room around; null for nothing. */
  view: View | null = null;
  private readonly texture: WebGLTexture;
  private width = 0;
  private height = 0;

  /** @param shader draws a rectangle with a texture. */
  constructor(private readonly gl: WebGL2RenderingContext, private readonly shader: Program) {
    this.frame = gl.createFramebuffer();
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  }

  fit(width: number, height: number): void {
    if (this.width === width && this.height === height) return;
    const { gl } = this;
    [this.width, this.height, this.view] = [width, height, null];
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0);
  }

  /** Takes over what another sheet shows, with no more pixels than the limit. */
  take(other: Sheet, most: number): void {
    const { gl } = this;
    const less = Math.min(1, Math.sqrt(most / (other.width * other.height)));
    this.fit(Math.max(1, Math.floor(less * other.width)), Math.max(1, Math.floor(less * other.height)));
    this.view = other.view;
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, other.frame);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, this.frame);
    gl.blitFramebuffer(0, 0, other.width, other.height, 0, 0, this.width, this.height, gl.COLOR_BUFFER_BIT, gl.LINEAR);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  /** Shows the part that is seen, pixel by pixel, on the drawing surface. */
  copy({ width, height, across, up }: Room): void {
    const { gl } = this;
    // Browsers empty a drawing surface at the first call after they have shown it, but not at a copy.
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.frame);
    gl.blitFramebuffer(across, up, width - across, height - up, 0, 0, width - 2 * across, height - 2 * up, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  /** Shows it on the drawing surface where it belongs in another view. */
  draw(view: View): void {
    if (!this.view) return;
    const { gl, shader } = this;
    const { shift, size } = placeIn(view, this.view);
    gl.useProgram(shader.made);
    gl.uniform2f(shader.at('shift'), ...shift);
    gl.uniform2f(shader.at('size'), ...size);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniform1i(shader.at('picture'), 0);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  free(): void {
    this.gl.deleteFramebuffer(this.frame);
    this.gl.deleteTexture(this.texture);
  }
}
