import type { View } from '../view/view';
import type { LineStyle } from '../view/lines';
import type { SceneBuffers } from './buffers';
import type { Paint } from './paint';
import { program, type Program } from './program';
import { fillFragment, fillVertex, hairFragment, hairVertex, lineFragment, lineVertex } from './shaders';
import type { Step } from './steps';

/** Draws steps of pictures onto the surface that is bound. */
export class Brush {
  private readonly fills: Program;
  private readonly lines: Program;
  private readonly hairs: Program;
  private readonly palette: WebGLTexture;
  private painted: number[] | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.fills = program(gl, fillVertex, fillFragment);
    this.lines = program(gl, lineVertex, lineFragment);
    this.hairs = program(gl, hairVertex, hairFragment);
    this.palette = gl.createTexture();
  }

  draw(step: Step, buffers: SceneBuffers, view: View, paint: Paint, ratio: number): void {
    const { gl } = this;
    if (step.kind === 'fill') this.fill(step, buffers, view, paint);
    else {
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      if (step.kind === 'line' && !buffers.quads) this.hair(step, buffers, view, ratio);
      else this.stroke(step, buffers, view, ratio);
      gl.disable(gl.BLEND);
    }
    gl.bindVertexArray(null);
  }

  private fill({ from, count }: Step, buffers: SceneBuffers, view: View, paint: Paint): void {
    const { gl, fills } = this;
    gl.useProgram(fills.made);
    gl.activeTexture(gl.TEXTURE1);
    this.usePalette(paint.palette);
    gl.activeTexture(gl.TEXTURE0);
    buffers.color(paint.coloring);
    gl.bindTexture(gl.TEXTURE_2D, buffers.values);
    gl.uniform1i(fills.at('values'), 0);
    gl.uniform1i(fills.at('palette'), 1);
    gl.uniform1i(fills.at('mode'), paint.mode === 'index' ? 2 : paint.mode === 'log' ? 1 : 0);
    gl.uniform1i(fills.at('size'), paint.palette.length);
    gl.uniform2f(fills.at('range'), paint.range[0], paint.range[1]);
    place(gl, fills, buffers, view);
    gl.bindVertexArray(buffers.fills);
    gl.drawElements(gl.TRIANGLES, 3 * count, gl.UNSIGNED_INT, 12 * from);
  }

  private usePalette(palette: number[]): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    if (this.painted === palette) return;
    this.painted = palette;
    const texels = new Uint8Array(4 * palette.length);
    palette.forEach((color, i) => texels.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * i));
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, palette.length, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  private stroke({ kind, from, count, style }: Step, buffers: SceneBuffers, view: View, ratio: number): void {
    const { gl, lines } = this;
    const isBorder = kind === 'border';
    gl.bindVertexArray(isBorder ? buffers.boundary : buffers.quads);
    buffers.startAt(from, isBorder);
    const width = style!.width * ratio;
    gl.useProgram(lines.made);
    place(gl, lines, buffers, view);
    gl.uniform2f(lines.at('screen'), view.width * ratio, view.height * ratio);
    gl.uniform1f(lines.at('scale'), view.scale * ratio);
    gl.uniform1f(lines.at('width'), Math.max(1, width));
    gl.uniform1f(lines.at('cap'), isBorder ? width / 4 : 0);
    tint(gl, lines, style!, Math.min(1, width));
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
  }

  private hair({ from, count, style }: Step, buffers: SceneBuffers, view: View, ratio: number): void {
    const { gl, hairs } = this;
    gl.useProgram(hairs.made);
    place(gl, hairs, buffers, view);
    tint(gl, hairs, style!, Math.min(1, style!.width * ratio));
    gl.bindVertexArray(buffers.hairs);
    gl.drawElements(gl.LINES, 2 * count, gl.UNSIGNED_INT, 8 * from);
  }
}

// The difference is taken in float64; only what is left of it is float32.
function place(gl: WebGL2RenderingContext, shader: Program, { scene }: SceneBuffers, view: View): void {
  const { origin } = scene.partition.head;
  gl.uniform2f(shader.at('center'), view.x - origin[0], view.y - origin[1]);
  gl.uniform2f(shader.at('zoom'), (2 * view.scale) / view.width, (2 * view.scale) / view.height);
}

function tint(gl: WebGL2RenderingContext, shader: Program, style: LineStyle, share: number): void {
  const alpha = style.opacity * share;
  const color = [1, 3, 5].map(i => (parseInt(style.color.slice(i, i + 2), 16) / 255) * alpha);
  gl.uniform4f(shader.at('color'), color[0], color[1], color[2], alpha);
}
