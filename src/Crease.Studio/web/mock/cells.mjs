/** Random convex cells: a jittered grid of quadrilaterals, whose jitter is too small to make any of them concave. */

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// The same point of the same grid, whichever viewport asks.
function jitter(i, j, axis) {
  return (random((i * 73856093) ^ (j * 19349663) ^ (axis * 83492791))() - 0.5) * 0.5;
}

export function cells({ extent, viewport, count }) {
  const whole = { x: (extent[0] + extent[1]) / 2, y: (extent[2] + extent[3]) / 2, width: extent[1] - extent[0], height: extent[3] - extent[2] };
  const seen = viewport ?? whole;
  const wanted = Math.max(1, Math.round(Math.sqrt(count)));
  // Zooming in refines by powers of two, as if new regions came into sight.
  const level = viewport ? Math.max(0, Math.round(Math.log2(whole.width / seen.width))) : 0;
  const step = whole.width / wanted / 2 ** level;
  const i0 = Math.floor((seen.x - seen.width / 2 - extent[0]) / step), i1 = Math.max(i0 + 1, Math.ceil((seen.x + seen.width / 2 - extent[0]) / step));
  const j0 = Math.floor((seen.y - seen.height / 2 - extent[2]) / step), j1 = Math.max(j0 + 1, Math.ceil((seen.y + seen.height / 2 - extent[2]) / step));
  const columns = i1 - i0, rows = j1 - j0, regions = columns * rows;
  const vertices = new Float32Array(2 * (columns + 1) * (rows + 1));
  let v = 0;
  for (let j = j0; j <= j1; j++)
    for (let i = i0; i <= i1; i++) {
      vertices[v++] = extent[0] + step * i - seen.x + step * jitter(i, j, 0);
      vertices[v++] = extent[2] + step * j - seen.y + step * jitter(i, j, 1);
    }
  const firsts = new Uint32Array(regions + 1), corners = new Uint32Array(4 * regions);
  const slope = new Float32Array(regions), area = new Float32Array(regions), depth = new Uint16Array(regions), classes = new Int16Array(regions), hash = new Uint32Array(regions);
  const edges = [], edgeLayers = [], boundary = [];
  const index = (i, j) => j * (columns + 1) + i;
  for (let j = 0, r = 0; j < rows; j++)
    for (let i = 0; i < columns; i++, r++) {
      firsts[r + 1] = 4 * (r + 1);
      const quad = [index(i, j), index(i + 1, j), index(i + 1, j + 1), index(i, j + 1)];
      corners.set(quad, 4 * r);
      let twice = 0;
      for (let k = 0; k < 4; k++) {
        const a = 2 * quad[k], b = 2 * quad[(k + 1) % 4];
        twice += vertices[a] * vertices[b + 1] - vertices[b] * vertices[a + 1];
      }
      const x = extent[0] + step * (i0 + i + 0.5), y = extent[2] + step * (j0 + j + 0.5), d = Math.hypot(x, y);
      area[r] = twice / 2;
      slope[r] = 0.2 + 3 * Math.exp(-2 * d) + 0.6 * (1 + Math.sin(5 * x + 3 * Math.cos(4 * y))) + 0.25 * random(r + 7)();
      classes[r] = Math.sin(3 * x) > y ? 1 : 0;
      depth[r] = (Math.imul((i0 + i) ^ ((j0 + j) << 5), 2654435761) >>> 0) % 4;
      hash[r] = Math.imul((i0 + i) * 40503 + (j0 + j) * 977, 2654435761) >>> 0;
      if (i > 0) { edges.push(quad[0], quad[3]); edgeLayers.push((i0 + i) % 3); }
      if (j > 0) { edges.push(quad[0], quad[1]); edgeLayers.push((j0 + j) % 3); }
      if (i > 0 && classes[r] !== classes[r - 1]) boundary.push(...vertices.slice(2 * quad[0], 2 * quad[0] + 2), ...vertices.slice(2 * quad[3], 2 * quad[3] + 2));
      if (j > 0 && classes[r] !== classes[r - columns]) boundary.push(...vertices.slice(2 * quad[0], 2 * quad[0] + 2), ...vertices.slice(2 * quad[1], 2 * quad[1] + 2));
    }
  return {
    seen, regions, arrays: {
      vertices, firsts, corners, slope, area, depth, class: classes, hash,
      edges: Uint32Array.from(edges), edgeLayers: Uint16Array.from(edgeLayers), boundary: Float32Array.from(boundary),
    },
  };
}
