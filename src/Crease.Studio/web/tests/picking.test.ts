import { describe, expect, it } from 'vitest';
// @ts-expect-error The mock is plain JavaScript.
import { cells } from '../mock/cells.mjs';
import type { Partition } from '../src/api/partition';
import { pick } from '../src/view/picking';
import { corners, makeScene } from '../src/view/scene';

const extent = [-1.6, 1.6, -1.2, 1.2];

function scene(count: number) {
  const made = cells({ extent, viewport: null, count });
  const head = { regions: made.regions, layers: ['a', 'b', 'c'], origin: [0, 0] };
  return makeScene({ head, ...made.arrays } as unknown as Partition);
}

// Walks all regions, with the sign of the area of each triangle, in float64.
function slowly(made: ReturnType<typeof scene>, x: number, y: number): number {
  for (let r = 0; r < made.partition.head.regions; r++) {
    const p = corners(made, r);
    let inside = true;
    for (let k = 0; k < p.length; k += 2) {
      const n = (k + 2) % p.length;
      inside &&= (p[n] - p[k]) * (y - p[k + 1]) - (p[n + 1] - p[k + 1]) * (x - p[k]) >= 0;
    }
    if (inside) return r;
  }
  return -1;
}

describe('picking', () => {
  it('finds what a walk over all regions finds', () => {
    const made = scene(900);
    let found = 0;
    for (let i = 0; i < 400; i++) {
      const x = -1.7 + (3.4 * ((i * 37) % 400)) / 400;
      const y = -1.3 + (2.6 * i) / 400;
      const region = pick(made, x, y);
      expect(region).toBe(slowly(made, x, y));
      if (region >= 0) found++;
    }
    expect(found).toBeGreaterThan(300);
  });
  it('finds every region at its middle', () => {
    const made = scene(2500);
    for (let r = 0; r < made.partition.head.regions; r++) {
      const p = corners(made, r);
      let [x, y] = [0, 0];
      for (let k = 0; k < p.length; k += 2) [x, y] = [x + (2 * p[k]) / p.length, y + (2 * p[k + 1]) / p.length];
      expect(pick(made, x, y)).toBe(r);
    }
  });
  it('finds nothing outside', () => {
    expect(pick(scene(100), 50, 0)).toBe(-1);
  });
});

describe('scenes', () => {
  it('have two triangles for each quadrilateral, that fill its area', () => {
    const made = scene(400);
    expect(made.fans.length).toBe(6 * made.partition.head.regions);
    let twice = 0;
    for (let f = 0; f < made.fans.length; f += 3) {
      const [a, b, c] = [2 * made.fans[f], 2 * made.fans[f + 1], 2 * made.fans[f + 2]];
      const p = made.places;
      twice += (p[b] - p[a]) * (p[c + 1] - p[a + 1]) - (p[c] - p[a]) * (p[b + 1] - p[a + 1]);
    }
    expect(twice / 2).toBeCloseTo(made.partition.area.reduce((a, b) => a + b, 0), 4);
  });
  it('sort creases by layer and lose none', () => {
    const made = scene(400);
    expect(made.layerFirsts[3]).toBe(made.partition.edgeLayers.length);
    const counts = [0, 0, 0];
    for (const layer of made.partition.edgeLayers) counts[layer]++;
    expect([0, 1, 2].map(l => made.layerFirsts[l + 1] - made.layerFirsts[l])).toEqual(counts);
  });
});
