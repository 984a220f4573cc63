import type { Coloring } from '../api/types';
import type { Scene } from '../view/scene';
import { valuesOf } from './paint';

// Beyond this many, lines are drawn one pixel wide: quads of their own would cost four corners each.
const mostQuads = 120_000;
const textureWidth = 2048;

/** One scene on the graphics card. */
export class SceneBuffers {
  readonly fills: WebGLVertexArrayObject;
  readonly quads: WebGLVertexArrayObject | null;
  readonly hairs: WebGLVertexArrayObject | null;
  readonly boundary: WebGLVertexArrayObject;
  readonly values: WebGLTexture;
  private readonly buffers: WebGLBuffer[] = [];
  private ends: WebGLBuffer | null = null;
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
    gl.bindVertexArray(null);
    this.values = gl.createTexture();
  }

  /** Each layer's lines start elsewhere in the same buffer: instances have no first instance in WebGL. */
  startQuadsAt(edge: number): void {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.ends);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 16 * edge);
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

  private buffer(target: number, array: ArrayBufferView): void {
    const { gl } = this;
    const buffer = gl.createBuffer();
    this.buffers.push(buffer);
    gl.bindBuffer(target, buffer);
    gl.bufferData(target, array, gl.STATIC_DRAW);
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
