import type { BoxSlice, NetworkDetail, Slice } from '../api/types';

/** Where a network is looked at first, or null where a person must say. */
export function startingSlice(network: NetworkDetail): Slice | null {
  if (network.slice) return network.slice;
  if (network.inputs > 3) return network.data ? { kind: 'anchors', data: network.data, rows: [0, 1, 2], margin: 0.2, rotation: 0 } : null;
  const box: BoxSlice = { kind: 'box', box: [-1, 1, -1, 1] };
  return network.inputs === 3 ? { ...box, at: 0 } : box;
}
