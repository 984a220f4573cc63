import type { Partition } from '../api/partition';
import { scaleOf, type Scale } from '../color/scales';
import { makeGrid, type Grid } from './picking';
import { cellOf, cells, ordered, PieceMaker, type Box, type Pieces } from './pieces';

/** A partition made ready to draw and to pick from: flat arrays, coordinates relative to the head's origin. */
export interface Scene {
  partition: Partition;
  /** Two numbers per corner, so that each region has corners of its own. */
  places: Float32Array;
  /** Region of each corner. */
  owners: Uint32Array;
  /** Triangles, three corners each; those that are near each other follow each other. */
  fans: Uint32Array;
  /** Pieces of `fans`, in triangles. */
  fills: Pieces;
  /** Vertex pairs sorted by layer, and in a layer by place. */
  edges: Uint32Array;
  /** Pieces of `edges` of each layer, in edges. */
  lines: Pieces[];
  /** First edge of each layer and one past the last. */
  layerFirsts: Uint32Array;
  layerLengths: Float64Array;
  scales: { slope: Scale; area: Scale };
  grid: Grid;
}

// Triangles, or edges, of a piece.
const most = 1024;

export function makeScene(partition: Partition): Scene {
  const { head, vertices, firsts, corners } = partition;
  const places = new Float32Array(2 * corners.length);
  const owners = new Uint32Array(corners.length);
  for (let r = 0; r < head.regions; r++) {
    for (let h = firsts[r]; h < firsts[r + 1]; h++) {
      const v = 2 * corners[h];
      places[2 * h] = vertices[v];
      places[2 * h + 1] = vertices[v + 1];
      owners[h] = r;
    }
  }
  const grid = makeGrid(head, firsts, places);
  const box: Box = [grid.left, grid.left + grid.side * grid.cellWidth, grid.bottom, grid.bottom + grid.side * grid.cellHeight];
  return {
    partition, places, owners, ...makeFans(partition, places, box), ...sortEdges(partition, box),
    scales: { slope: scaleOf(partition.slope), area: scaleOf(partition.area) }, grid,
  };
}

function makeFans({ head, firsts, corners }: Partition, places: Float32Array, box: Box): Pick<Scene, 'fans' | 'fills'> {
  const keys = new Uint16Array(head.regions);
  for (let r = 0; r < head.regions; r++) keys[r] = cellOf(box, places[2 * firsts[r]], places[2 * firsts[r] + 1]);
  const fans = new Uint32Array(3 * Math.max(0, corners.length - 2 * head.regions));
  const pieces = new PieceMaker(most);
  let f = 0;
  for (const r of ordered(keys, cells)) {
    const from = firsts[r];
    for (let h = from; h < firsts[r + 1]; h++) {
      pieces.meet(places[2 * h], places[2 * h + 1]);
      if (h < from + 2) continue;
      fans[f++] = from;
      fans[f++] = h - 1;
      fans[f++] = h;
    }
    pieces.add(Math.max(0, firsts[r + 1] - from - 2));
  }
  return { fans: f === fans.length ? fans : fans.slice(0, f), fills: pieces.done() };
}

function sortEdges({ head, vertices, edges, edgeLayers }: Partition, box: Box): Pick<Scene, 'edges' | 'lines' | 'layerFirsts' | 'layerLengths'> {
  const layers = Math.max(1, head.layers.length);
  const layerFirsts = new Uint32Array(layers + 1);
  const layerLengths = new Float64Array(layers);
  const keys = new Uint32Array(edgeLayers.length);
  for (let e = 0; e < edgeLayers.length; e++) {
    const layer = Math.min(edgeLayers[e], layers - 1);
    layerFirsts[layer + 1]++;
    keys[e] = layer * cells + cellOf(box, vertices[2 * edges[2 * e]], vertices[2 * edges[2 * e] + 1]);
  }
  for (let l = 0; l < layers; l++) layerFirsts[l + 1] += layerFirsts[l];
  const order = ordered(keys, layers * cells);
  const sorted = new Uint32Array(edges.length);
  const lines: Pieces[] = [];
  for (let l = 0; l < layers; l++) {
    const pieces = new PieceMaker(most, layerFirsts[l]);
    for (let at = layerFirsts[l]; at < layerFirsts[l + 1]; at++) {
      const a = (sorted[2 * at] = edges[2 * order[at]]);
      const b = (sorted[2 * at + 1] = edges[2 * order[at] + 1]);
      layerLengths[l] += Math.hypot(vertices[2 * b] - vertices[2 * a], vertices[2 * b + 1] - vertices[2 * a + 1]);
      pieces.meet(vertices[2 * a], vertices[2 * a + 1]);
      pieces.meet(vertices[2 * b], vertices[2 * b + 1]);
      pieces.add(1);
    }
    lines.push(pieces.done());
  }
  return { edges: sorted, lines, layerFirsts, layerLengths };
}

/** Corners of a region relative to the origin, x and y in turn. */
export function corners(scene: Scene, region: number): Float32Array {
  const { firsts } = scene.partition;
  return scene.places.subarray(2 * firsts[region], 2 * firsts[region + 1]);
}
