import type { Partition } from '../api/partition';
import { scaleOf, type Scale } from '../color/scales';
import { makeGrid, type Grid } from './picking';

/** A partition made ready to draw and to pick from: flat arrays, coordinates relative to the head's origin. */
export interface Scene {
  partition: Partition;
  /** Two numbers per corner, so that each region has corners of its own. */
  places: Float32Array;
  /** Region of each corner. */
  owners: Uint32Array;
  /** Triangles, three corners each. */
  fans: Uint32Array;
  /** Vertex pairs sorted by layer. */
  edges: Uint32Array;
  /** First edge of each layer and one past the last. */
  layerFirsts: Uint32Array;
  layerLengths: Float64Array;
  scales: { slope: Scale; area: Scale };
  grid: Grid;
}

export function makeScene(partition: Partition): Scene {
  const { head, vertices, firsts, corners } = partition;
  const places = new Float32Array(2 * corners.length);
  const owners = new Uint32Array(corners.length);
  const fans = new Uint32Array(3 * Math.max(0, corners.length - 2 * head.regions));
  let f = 0;
  for (let r = 0; r < head.regions; r++) {
    const from = firsts[r];
    const to = firsts[r + 1];
    for (let h = from; h < to; h++) {
      const v = 2 * corners[h];
      places[2 * h] = vertices[v];
      places[2 * h + 1] = vertices[v + 1];
      owners[h] = r;
      if (h >= from + 2) {
        fans[f++] = from;
        fans[f++] = h - 1;
        fans[f++] = h;
      }
    }
  }
  return {
    partition, places, owners, fans: f === fans.length ? fans : fans.slice(0, f), ...sortEdges(partition),
    scales: { slope: scaleOf(partition.slope), area: scaleOf(partition.area) },
    grid: makeGrid(head, firsts, places),
  };
}

function sortEdges({ head, vertices, edges, edgeLayers }: Partition): Pick<Scene, 'edges' | 'layerFirsts' | 'layerLengths'> {
  const layers = Math.max(1, head.layers.length);
  const layerFirsts = new Uint32Array(layers + 1);
  const layerLengths = new Float64Array(layers);
  const layerOf = (e: number) => Math.min(edgeLayers[e], layers - 1);
  for (let e = 0; e < edgeLayers.length; e++) layerFirsts[layerOf(e) + 1]++;
  for (let l = 0; l < layers; l++) layerFirsts[l + 1] += layerFirsts[l];
  const next = layerFirsts.slice();
  const sorted = new Uint32Array(edges.length);
  for (let e = 0; e < edgeLayers.length; e++) {
    const layer = layerOf(e);
    const a = edges[2 * e];
    const b = edges[2 * e + 1];
    const at = 2 * next[layer]++;
    sorted[at] = a;
    sorted[at + 1] = b;
    layerLengths[layer] += Math.hypot(vertices[2 * b] - vertices[2 * a], vertices[2 * b + 1] - vertices[2 * a + 1]);
  }
  return { edges: sorted, layerFirsts, layerLengths };
}

/** Corners of a region relative to the origin, x and y in turn. */
export function corners(scene: Scene, region: number): Float32Array {
  const { firsts } = scene.partition;
  return scene.places.subarray(2 * firsts[region], 2 * firsts[region + 1]);
}
