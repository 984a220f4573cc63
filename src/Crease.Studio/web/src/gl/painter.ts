import { lineStyles, type LineStyle } from '../view/lines';
import type { Scene } from '../view/scene';
import type { View } from '../view/view';
import { SceneBuffers } from './buffers';
import type { Paint } from './paint';
import { program, type Program } from './program';
import { fillFragment, fillVertex, hairFragment, hairVertex, lineFragment, lineVertex } from './shaders';
import { Still } from './still';

export interface Look {
  paint: Paint;
  layers: boolean[];
  boundary: boolean;
}

// A picture that takes longer than this in milliseconds is moved as a still while the pointer moves it.
const slow = 12;

/** Draws scenes, the first lowest. A scene is uploaded once; moving the view changes four numbers. */
export class Painter {
  private readonly gl: WebGL2RenderingContext;
  private readonly fills: Program;
  private readonly lines: Program;
  private readonly hairs: Program;
  private readonly palette: WebGLTexture;
  private readonly still: Still;
  private uploaded: SceneBuffers[] = [];
  private painted: number[] | null = null;
  private cost = 0;
  private timed = false;

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: true, alpha: true, premultipliedAlpha: true, powerPreference: 'high-performance' });
    if (!gl) throw new Error('This browser gave no WebGL2 drawing surface. Turn on hardware acceleration, or use a recent Chrome, Firefox or Safari.');
    this.gl = gl;
    this.fills = program(gl, fillVertex, fillFragment);
    this.lines = program(gl, lineVertex, lineFragment);
    this.hairs = program(gl, hairVertex, hairFragment);
    this.palette = gl.createTexture();
    this.still = new Still(gl);
  }

  /** Milliseconds that the last picture with new scenes took, to the last pixel. */
  get milliseconds(): number {
    return this.cost;
  }

  show(scenes: Scene[]): void {
    const before = this.uploaded;
    this.uploaded = scenes.map(scene => before.find(b => b.scene === scene) ?? new SceneBuffers(this.gl, scene));
    for (const old of before) if (!this.uploaded.includes(old)) old.free();
    this.timed = false;
  }

  draw(view: View, look: Look, ratio: number, moving: boolean): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (moving && this.cost > slow && this.still.draw(view)) return;
    const start = performance.now();
    this.usePalette(look.paint.palette);
    for (const buffers of this.uploaded) {
      this.fill(buffers, view, look.paint);
      this.strokes(buffers, view, look, ratio);
    }
    if (!this.timed && this.uploaded.length > 0) {
      // Reading one pixel waits for the card; once per scene, not per picture.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      this.cost = performance.now() - start;
      this.timed = true;
    }
    if (this.cost > slow) this.still.take(view);
    else this.still.forget();
  }

  private usePalette(palette: number[]): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    if (this.painted === palette) return;
    this.painted = palette;
    const texels = new Uint8Array(4 * palette.length);
    palette.forEach((color, i) => texels.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * i));
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, palette.length, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  private fill(buffers: SceneBuffers, view: View, paint: Paint): void {
    const { gl, fills } = this;
    gl.useProgram(fills.made);
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
    gl.drawElements(gl.TRIANGLES, buffers.scene.fans.length, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  private strokes(buffers: SceneBuffers, view: View, look: Look, ratio: number): void {
    const { gl } = this;
    const { layerFirsts, partition } = buffers.scene;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const styles = lineStyles(buffers.scene, view.scale);
    for (let l = styles.length - 1; l >= 0; l--) {
      const from = layerFirsts[l];
      const count = layerFirsts[l + 1] - from;
      if (count === 0 || look.layers[l] === false) continue;
      if (buffers.quads) {
        gl.bindVertexArray(buffers.quads);
        buffers.startQuadsAt(from);
        this.stroke(buffers, view, ratio, styles[l], count, 0);
      } else this.hair(buffers, view, ratio, styles[l], from, count);
    }
    const borders = partition.boundary.length / 4;
    if (look.boundary && borders > 0) {
      gl.bindVertexArray(buffers.boundary);
      this.stroke(buffers, view, ratio, { width: 5, opacity: 1, color: '#ffffff' }, borders, 0.5);
      this.stroke(buffers, view, ratio, { width: 2.4, opacity: 1, color: '#000000' }, borders, 0.5);
    }
    gl.bindVertexArray(null);
    gl.disable(gl.BLEND);
  }

  private stroke(buffers: SceneBuffers, view: View, ratio: number, style: LineStyle, count: number, cap: number): void {
    const { gl, lines } = this;
    const width = style.width * ratio;
    gl.useProgram(lines.made);
    place(gl, lines, buffers, view);
    gl.uniform2f(lines.at('screen'), view.width * ratio, view.height * ratio);
    gl.uniform1f(lines.at('scale'), view.scale * ratio);
    gl.uniform1f(lines.at('width'), Math.max(1, width));
    gl.uniform1f(lines.at('cap'), (cap * width) / 2);
    tint(gl, lines, style, Math.min(1, width));
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
  }

  private hair(buffers: SceneBuffers, view: View, ratio: number, style: LineStyle, from: number, count: number): void {
    const { gl, hairs } = this;
    gl.useProgram(hairs.made);
    place(gl, hairs, buffers, view);
    tint(gl, hairs, style, Math.min(1, style.width * ratio));
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
