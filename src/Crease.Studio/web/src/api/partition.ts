import type { Viewport } from './types';

export type Range = [number, number];

interface ArrayPlace {
  offset: number;
  type: keyof typeof kinds;
  count: number;
}

export interface PartitionHead {
  regions: number;
  vertices: number;
  status: string;
  exactness: string;
  seconds: number;
  viewport: Viewport;
  origin: [number, number];
  layers: string[];
  classes: number;
  regionsPerLayer?: number[];
  boundaryLength?: number | null;
  /** Only the first layer folds: all of them would have taken too long. */
  isSketch?: boolean;
  ranges: { slope: Range | null; area: Range | null; depth: Range | null };
  arrays: Record<string, ArrayPlace>;
}

/** One cut as it came: vertices are relative to the head's origin, corners run counter-clockwise. */
export interface Partition {
  head: PartitionHead;
  vertices: Float32Array;
  firsts: Uint32Array;
  corners: Uint32Array;
  slope: Float32Array;
  area: Float32Array;
  depth: Uint16Array;
  class: Int16Array;
  hash: Uint32Array;
  edges: Uint32Array;
  edgeLayers: Uint16Array;
  boundary: Float32Array;
}

const kinds = { f32: Float32Array, u32: Uint32Array, u16: Uint16Array, i16: Int16Array, i32: Int32Array, u8: Uint8Array, f64: Float64Array };

const expected: [keyof Omit<Partition, 'head'>, keyof typeof kinds][] = [
  ['vertices', 'f32'], ['firsts', 'u32'], ['corners', 'u32'], ['slope', 'f32'], ['area', 'f32'], ['depth', 'u16'], ['class', 'i16'],
  ['hash', 'u32'], ['edges', 'u32'], ['edgeLayers', 'u16'], ['boundary', 'f32'],
];

export function decodePartition(buffer: ArrayBuffer): Partition {
  if (buffer.byteLength < 4) throw new Error(`The partition has ${buffer.byteLength} bytes; expected a head of at least 4.`);
  const length = new DataView(buffer).getUint32(0, true);
  const start = Math.ceil((4 + length) / 8) * 8;
  if (start > buffer.byteLength) throw new Error(`The partition's head ends at byte ${start} of ${buffer.byteLength}; it was cut short.`);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as PartitionHead;
  const arrays = {} as Record<string, unknown>;
  for (const [name, type] of expected) arrays[name] = take(buffer, start, name, type, head.arrays[name]);
  const made = { head, ...arrays } as unknown as Partition;
  if (made.firsts.length !== head.regions + 1)
    throw new Error(`The partition has ${made.firsts.length} first corners for ${head.regions} regions; expected ${head.regions + 1}.`);
  return made;
}

function take(buffer: ArrayBuffer, start: number, name: string, type: keyof typeof kinds, place: ArrayPlace | undefined) {
  const Kind = kinds[type];
  if (!place || place.count === 0) return new Kind(0);
  if (place.type !== type) throw new Error(`The partition's array '${name}' is ${place.type}; expected ${type}.`);
  const at = start + place.offset;
  const end = at + place.count * Kind.BYTES_PER_ELEMENT;
  if (end > buffer.byteLength) throw new Error(`The partition's array '${name}' ends at byte ${end} of ${buffer.byteLength}; it was cut short.`);
  return at % Kind.BYTES_PER_ELEMENT === 0 ? new Kind(buffer, at, place.count) : new Kind(buffer.slice(at, end));
}
