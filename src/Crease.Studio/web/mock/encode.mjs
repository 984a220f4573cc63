const types = { Float32Array: 'f32', Uint32Array: 'u32', Uint16Array: 'u16', Int16Array: 'i16' };
const padded = length => Math.ceil(length / 8) * 8;

/** The binary partition of the interface: length of the head, the head, and the arrays, each at a multiple of eight. */
export function encode(head, arrays) {
  const places = {};
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    places[name] = { offset, type: types[array.constructor.name], count: array.length };
    offset += padded(array.byteLength);
  }
  const json = Buffer.from(JSON.stringify({ ...head, arrays: places }));
  const start = padded(4 + json.length);
  const bytes = Buffer.alloc(start + offset);
  bytes.writeUInt32LE(json.length, 0);
  json.copy(bytes, 4);
  for (const [name, array] of Object.entries(arrays)) Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(bytes, start + places[name].offset);
  return bytes;
}
