import type { View } from '../view/view';
import { program, type Program } from './program';
import { stillFragment, stillVertex } from './shaders';

/** The last whole picture as a texture. */
export class Still {
  private readonly shader: Program;
  private readonly texture: WebGLTexture;
  private readonly empty: WebGLVertexArrayObject;
  private taken: View | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.shader = program(gl, stillVertex, stillFragment);
    this.texture = gl.createTexture();
    this.empty = gl.createVertexArray();
  }

  forget(): void {
    this.taken = null;
  }

  /** Copies what has just been drawn. */
  take(view: View): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.copyTexImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, 0);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    this.taken = { ...view };
  }

  /** Draws it where it now belongs; false when there is none for this size. */
  draw(view: View): boolean {
    const { gl, taken } = this;
    if (!taken || taken.width !== view.width || taken.height !== view.height) return false;
    const grown = view.scale / taken.scale;
    gl.useProgram(this.shader.made);
    gl.uniform2f(this.shader.at('shift'), ((taken.x - view.x) * view.scale * 2) / view.width, ((taken.y - view.y) * view.scale * 2) / view.height);
    gl.uniform2f(this.shader.at('size'), grown, grown);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.bindVertexArray(this.empty);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.bindVertexArray(null);
    return true;
  }
}
