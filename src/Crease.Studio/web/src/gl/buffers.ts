import type { Coloring } from '../api/types';
import type { Scene } from '../view/scene';
import { valuesOf } from './paint';

// Beyond this many, lines are drawn one pixel wide: quads of their own would cost four corners each.
const mostQuads = 120_000;
const textureWidth = 2048;

interface Load {
  target: number;
  buffer: WebGLBuffer;
  bytes: Uint8Array;
}

/** One scene on the graphics card. */
export class SceneBuffers {
  readonly fills: WebGLVertexArrayObject;
  readonly quads: WebGLVertexArrayObject | null;
  readonly hairs: WebGLVertexArrayObject | null;
  readonly boundary: WebGLVertexArrayObject;
  readonly values: WebGLTexture;
  private readonly buffers: WebGLBuffer[] = [];
  private readonly loads: Load[] = [];
  private loaded = 0;
  private ends: WebGLBuffer | null = null;
  private borders: WebGLBuffer;
  private colored: Coloring | null = null;

  constructor(private readonly gl: WebGL2RenderingContext, readonly scene: Scene) {
    this.fills = gl.createVertexArray();
    gl.bindVertexArray(this.fills);
    this.buffer(gl.ARRAY_BUFFER, scene.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    this.buffer(gl.ARRAY_BUFFER, scene.owners);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_INT, 0, 0);
    this.buffer(gl.ELEMENT_ARRAY_BUFFER, scene.fans);
    const few = scene.edges.length / 2 <= mostQuads;
    this.quads = few ? this.lineQuads(endsOf(scene)) : null;
    if (few) this.ends = this.buffers.at(-1)!;
    this.hairs = few ? null : this.lineHairs();
    this.boundary = this.lineQuads(scene.partition.boundary);
    this.borders = this.buffers.at(-1)!;
    gl.bindVertexArray(null);
    this.values = gl.createTexture();
  }

  /** Bytes that are not on the card yet. */
  get missing(): number {
    return this.loads.reduce((sum, load) => sum + load.bytes.byteLength, -this.loaded);
  }

  /** Brings at most so many more bytes to the card. */
  load(bytes = Infinity): void {
    const { gl } = this;
    // An index buffer is bound in a vertex array of its own, not in one that is in use.
    gl.bindVertexArray(null);
    for (let left = bytes; left > 0 && this.loads.length > 0; ) {
      const first = this.loads[0];
      const count = Math.min(left, first.bytes.byteLength - this.loaded);
      gl.bindBuffer(first.target, first.buffer);
      gl.bufferSubData(first.target, this.loaded, first.bytes, this.loaded, count);
      left -= count;
      this.loaded += count;
      if (this.loaded < first.bytes.byteLength) continue;
      this.loads.shift();
      this.loaded = 0;
    }
  }

  /** Lines may start anywhere in their buffer: instances have no first instance in WebGL. */
  startAt(line: number, isBorder: boolean): void {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, isBorder ? this.borders : this.ends);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 16 * line);
  }

  color(coloring: Coloring): void {
    if (this.colored === coloring) return;
    this.colored = coloring;
    const { gl } = this;
    const values = valuesOf(this.scene, coloring);
    const rows = Math.max(1, Math.ceil(values.length / textureWidth));
    const padded = new Float32Array(textureWidth * rows);
    padded.set(values);
    gl.bindTexture(gl.TEXTURE_2D, this.values);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, textureWidth, rows, 0, gl.RED, gl.FLOAT, padded);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  free(): void {
    const { gl } = this;
    for (const buffer of this.buffers) gl.deleteBuffer(buffer);
    for (const array of [this.fills, this.quads, this.hairs, this.boundary]) gl.deleteVertexArray(array);
    gl.deleteTexture(this.values);
  }

  private lineQuads(ends: Float32Array): WebGLVertexArrayObject {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    this.buffer(gl.ARRAY_BUFFER, ends);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(0, 1);
    return array;
  }

  private lineHairs(): WebGLVertexArrayObject {
    const { gl, scene } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    this.buffer(gl.ARRAY_BUFFER, scene.partition.vertices);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    this.buffer(gl.ELEMENT_ARRAY_BUFFER, scene.edges);
    return array;
  }

  private buffer(target: number, array: Float32Array | Uint32Array): void {
    const { gl } = this;
    const buffer = gl.createBuffer();
    this.buffers.push(buffer);
    gl.bindBuffer(target, buffer);
    gl.bufferData(target, array.byteLength, gl.STATIC_DRAW);
    if (array.byteLength > 0) this.loads.push({ target, buffer, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
  }
}

function endsOf({ edges, partition }: Scene): Float32Array {
  const { vertices } = partition;
  const ends = new Float32Array(2 * edges.length);
  for (let e = 0; e < edges.length; e++) {
    ends[2 * e] = vertices[2 * edges[e]];
    ends[2 * e + 1] = vertices[2 * edges[e] + 1];
  }
  return ends;
}
