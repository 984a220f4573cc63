import type { NetworkNode } from '../api/types';

export interface Wire {
  from: number;
  to: number;
  /** 0 goes straight to the next row; others pass beside the rows, the farther the larger. */
  lane: number;
}

/** Connections between rows; those that skip rows get lanes in which they do not cross. */
export function wires(nodes: NetworkNode[]): Wire[] {
  const rowOf = new Map(nodes.map((node, row) => [node.index, row]));
  const found: Wire[] = [];
  nodes.forEach((node, to) => {
    for (const input of node.inputs) {
      const from = rowOf.get(input);
      if (from !== undefined) found.push({ from, to, lane: to - from === 1 ? 0 : 1 });
    }
  });
  const skipping = found.filter(w => w.lane > 0).sort((a, b) => a.to - a.from - (b.to - b.from));
  const taken: Wire[][] = [];
  for (const wire of skipping) {
    let lane = taken.findIndex(others => others.every(o => wire.to <= o.from || wire.from >= o.to));
    if (lane < 0) lane = taken.push([]) - 1;
    taken[lane].push(wire);
    wire.lane = lane + 1;
  }
  return found;
}
