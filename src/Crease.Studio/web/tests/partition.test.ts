import { describe, expect, it } from 'vitest';
// @ts-expect-error The mock is plain JavaScript.
import { encode } from '../mock/encode.mjs';
import { decodePartition } from '../src/api/partition';

const arrays = {
  vertices: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1), firsts: Uint32Array.of(0, 3, 6), corners: Uint32Array.of(0, 1, 2, 0, 2, 3), slope: Float32Array.of(0.5, 2),
  area: Float32Array.of(0.5, 0.5), depth: Uint16Array.of(1, 2), class: Int16Array.of(-1, 3), hash: Uint32Array.of(0xffffffff, 7), edges: Uint32Array.of(0, 2),
  edgeLayers: Uint16Array.of(1), boundary: new Float32Array(0),
};
const head = { regions: 2, vertices: 4, status: 'complete', exactness: 'exact', seconds: 0.1, viewport: { x: 0, y: 0, width: 1, height: 1 }, origin: [0, 0], layers: ['relu1'], classes: 2, ranges: {} };
const bytes = (made: Uint8Array): ArrayBuffer => made.buffer.slice(made.byteOffset, made.byteOffset + made.byteLength) as ArrayBuffer;

describe('binary partitions', () => {
  for (const padding of ['', 'x', 'xx', 'xxx', 'xxxxxxx'])
    it(`read back as they were written, with ${padding.length} more bytes in the head`, () => {
      const found = decodePartition(bytes(encode({ ...head, note: padding }, arrays) as Uint8Array));
      for (const [name, array] of Object.entries(arrays)) expect([...(found[name as keyof typeof arrays] as Float32Array)]).toEqual([...array]);
      expect(found.head.layers).toEqual(['relu1']);
    });
  it('that end too early are refused by name', () => {
    const whole = bytes(encode(head, { ...arrays, boundary: Float32Array.of(1, 2, 3, 4) }) as Uint8Array);
    expect(() => decodePartition(whole.slice(0, whole.byteLength - 8))).toThrow(/'boundary' ends at byte/);
    expect(() => decodePartition(whole.slice(0, 20))).toThrow(/cut short/);
    expect(() => decodePartition(new ArrayBuffer(2))).toThrow(/2 bytes/);
  });
  it('of another type are refused', () => {
    expect(() => decodePartition(bytes(encode(head, { ...arrays, slope: Uint32Array.of(1, 2) }) as Uint8Array))).toThrow(/'slope' is u32; expected f32/);
  });
});
