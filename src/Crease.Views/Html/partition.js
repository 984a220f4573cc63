(() => {
  'use strict';

  const meta = JSON.parse(document.getElementById('meta').textContent);
  const byId = id => document.getElementById(id);
  const stage = byId('stage'), overlay = byId('overlay');
  let glCanvas = byId('regions');
  const ink = overlay.getContext('2d');
  const gutter = { left: 68, right: 24, top: 20, bottom: 50 };
  // Float32 buffers are exact to a hundredth of a pixel up to this zoom; beyond it, what is visible is clipped in float64.
  const deepZoom = 200;
  const mostZoom = 1e10;

  /* ---------- data ---------- */

  async function unpack() {
    const text = atob(byId('data').textContent);
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < packed.length; i++) packed[i] = text.charCodeAt(i);
    byId('data').remove();
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    const arrays = {};
    let at = 0;
    for (const { name, kind, count } of meta.sections) {
      const size = { u8: 1, i32: 4, f32: 4, f64: 8, u64: 8 }[kind];
      const joined = new Uint8Array(size * count);
      for (let b = 0; b < size; b++)
        for (let i = 0; i < count; i++) joined[i * size + b] = bytes[at++];
      if (kind === 'f64') arrays[name] = new Float64Array(joined.buffer);
      else if (kind === 'f32') arrays[name] = new Float32Array(joined.buffer);
      else if (kind === 'i32') arrays[name] = differences(new Uint32Array(joined.buffer));
      else arrays[name] = joined;
    }
    return arrays;
  }

  function differences(folded) {
    const values = new Int32Array(folded.length);
    for (let i = 0, value = 0; i < folded.length; i++) {
      value += (folded[i] >>> 1) ^ -(folded[i] & 1);
      values[i] = value;
    }
    return values;
  }

  let data, regionCount, first, bounds, grid;
  let box;

  function prepare(arrays) {
    data = arrays;
    regionCount = data.corners.length;
    first = new Int32Array(regionCount + 1);
    for (let r = 0; r < regionCount; r++) first[r + 1] = first[r] + data.corners[r];
    box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
    for (let i = 0; i < meta.domain.length; i += 2) {
      box.left = Math.min(box.left, meta.domain[i]);
      box.right = Math.max(box.right, meta.domain[i]);
      box.bottom = Math.min(box.bottom, meta.domain[i + 1]);
      box.top = Math.max(box.top, meta.domain[i + 1]);
    }
    bounds = new Float64Array(4 * regionCount);
    data.areas = new Float64Array(regionCount);
    const { vertices, origins } = data;
    for (let r = 0; r < regionCount; r++) {
      let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity, twice = 0;
      const ax = vertices[2 * origins[first[r]]], ay = vertices[2 * origins[first[r]] + 1];
      for (let h = first[r]; h < first[r + 1]; h++) {
        const n = h + 1 === first[r + 1] ? first[r] : h + 1;
        const x = vertices[2 * origins[h]], y = vertices[2 * origins[h] + 1];
        twice += (x - ax) * (vertices[2 * origins[n] + 1] - ay) - (vertices[2 * origins[n]] - ax) * (y - ay);
        if (x < x0) x0 = x;
        if (x > x1) x1 = x;
        if (y < y0) y0 = y;
        if (y > y1) y1 = y;
      }
      data.areas[r] = twice / 2;
      bounds.set([x0, y0, x1, y1], 4 * r);
    }
    grid = makeGrid();
  }

  /* ---------- picking: a uniform grid over bounding boxes ---------- */

  function makeGrid() {
    const side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(regionCount))));
    const g = { side, w: (box.right - box.left) / side, h: (box.top - box.bottom) / side, starts: new Int32Array(side * side + 1) };
    for (let r = 0; r < regionCount; r++) eachCell(g, bounds, 4 * r, c => { g.starts[c + 1]++; });
    for (let c = 0; c < side * side; c++) g.starts[c + 1] += g.starts[c];
    g.items = new Int32Array(g.starts[side * side]);
    const next = g.starts.slice();
    for (let r = 0; r < regionCount; r++) eachCell(g, bounds, 4 * r, c => { g.items[next[c]++] = r; });
    g.stamp = new Int32Array(regionCount);
    g.turn = 0;
    return g;
  }

  function eachCell(g, b, at, visit) {
    const cell = (v, origin, step) => Math.max(0, Math.min(g.side - 1, Math.floor((v - origin) / step)));
    const i0 = cell(b[at], box.left, g.w), i1 = cell(b[at + 2], box.left, g.w);
    const j0 = cell(b[at + 1], box.bottom, g.h), j1 = cell(b[at + 3], box.bottom, g.h);
    for (let j = j0; j <= j1; j++)
      for (let i = i0; i <= i1; i++) visit(j * g.side + i);
  }

  function regionAt(x, y) {
    if (!(x >= box.left && x <= box.right && y >= box.bottom && y <= box.top)) return -1;
    let found = -1;
    eachCell(grid, [x, y, x, y], 0, c => {
      for (let k = grid.starts[c]; k < grid.starts[c + 1] && found < 0; k++)
        if (inside(grid.items[k], x, y)) found = grid.items[k];
    });
    return found;
  }

  function inside(r, x, y) {
    if (x < bounds[4 * r] || y < bounds[4 * r + 1] || x > bounds[4 * r + 2] || y > bounds[4 * r + 3]) return false;
    const { vertices, origins } = data;
    for (let h = first[r]; h < first[r + 1]; h++) {
      const a = 2 * origins[h], b = 2 * origins[h + 1 === first[r + 1] ? first[r] : h + 1];
      if ((vertices[b] - vertices[a]) * (y - vertices[a + 1]) - (vertices[b + 1] - vertices[a + 1]) * (x - vertices[a]) < 0) return false;
    }
    return true;
  }

  function visibleRegions(window) {
    const found = [];
    grid.turn++;
    eachCell(grid, window, 0, c => {
      for (let k = grid.starts[c]; k < grid.starts[c + 1]; k++) {
        const r = grid.items[k];
        if (grid.stamp[r] === grid.turn) continue;
        grid.stamp[r] = grid.turn;
        if (bounds[4 * r] <= window[2] && bounds[4 * r + 2] >= window[0] && bounds[4 * r + 1] <= window[3] && bounds[4 * r + 3] >= window[1]) found.push(r);
      }
    });
    return found;
  }

  /* ---------- the view: center in slice units (float64), scale in pixels per unit ---------- */

  const view = { x: 0, y: 0, scale: 1, fit: 1, width: 1, height: 1, ratio: 1 };
  const shown = { color: meta.color, layers: meta.layers.map(() => meta.showCreases), boundary: meta.showBoundary, points: true };
  let hovered = -1, held = -1;

  const toX = s => gutter.left + view.width / 2 + (s - view.x) * view.scale;
  const toY = t => gutter.top + view.height / 2 - (t - view.y) * view.scale;
  const fromX = px => view.x + (px - gutter.left - view.width / 2) / view.scale;
  const fromY = py => view.y - (py - gutter.top - view.height / 2) / view.scale;

  function resize() {
    const whole = view.scale === view.fit;
    view.ratio = window.devicePixelRatio || 1;
    view.width = Math.max(40, stage.clientWidth - gutter.left - gutter.right);
    view.height = Math.max(40, stage.clientHeight - gutter.top - gutter.bottom);
    for (const canvas of [glCanvas, overlay]) {
      canvas.width = Math.round(stage.clientWidth * view.ratio);
      canvas.height = Math.round(stage.clientHeight * view.ratio);
    }
    const before = view.fit;
    view.fit = 0.97 * Math.min(view.width / (box.right - box.left), view.height / (box.top - box.bottom));
    if (whole) reset();
    else view.scale *= view.fit / before;
    redraw();
  }

  function reset() {
    view.scale = view.fit;
    view.x = (box.left + box.right) / 2;
    view.y = (box.bottom + box.top) / 2;
    redraw();
  }

  function zoomAbout(px, py, factor) {
    const s = fromX(px), t = fromY(py);
    view.scale = Math.max(0.5 * view.fit, Math.min(mostZoom * view.fit, view.scale * factor));
    view.x = s - (px - gutter.left - view.width / 2) / view.scale;
    view.y = t + (py - gutter.top - view.height / 2) / view.scale;
    redraw();
  }

  function pan(dx, dy) {
    view.x = Math.max(box.left, Math.min(box.right, view.x - dx / view.scale));
    view.y = Math.max(box.bottom, Math.min(box.top, view.y + dy / view.scale));
    redraw();
  }

  /* ---------- colors ---------- */

  let coloring, palette, colorOf;

  function recolor() {
    coloring = meta.colorings.find(c => c.key === shown.color) || meta.colorings[0];
    palette = coloring.palette.map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));
    const top = palette.length - 1, scale = coloring.scale;
    const position = v => {
      if (scale.low === scale.high) return 0.5;
      if (v <= scale.low) return 0;
      return Math.min(1, scale.log ? Math.log(v / scale.low) / Math.log(scale.high / scale.low) : (v - scale.low) / (scale.high - scale.low));
    };
    colorOf = {
      SlopeNorm: r => Math.round(top * position(data.norms[r])),
      Area: r => Math.round(top * position(data.areas[r])),
      Class: r => data.classes[r] % palette.length,
      Depth: r => Math.min(data.depths[r], top),
      Random: r => data.hashes[8 * r + 7] >> 2,
    }[coloring.key];
    drawLegend();
    if (painter) painter.recolor();
    redraw();
  }

  /* ---------- line styles: thinner, then fainter, where creases are dense ---------- */

  const layerLengths = meta.layers.map(() => 0);

  function measureLines() {
    const { vertices, origins, layers } = data;
    for (let r = 0; r < regionCount; r++)
      for (let h = first[r]; h < first[r + 1]; h++) {
        if (layers[h] === 0 || layers[h] === 255) continue;
        const a = 2 * origins[h], b = 2 * origins[h + 1 === first[r + 1] ? first[r] : h + 1];
        layerLengths[Math.min(layers[h], meta.layers.length) - 1] += Math.hypot(vertices[b] - vertices[a], vertices[b + 1] - vertices[a + 1]);
      }
  }

  function lineStyles() {
    const room = meta.domainArea * view.scale, coverage = 0.2;
    let covered = 0, after = 0;
    meta.layers.forEach((layer, l) => { covered += layerLengths[l] * layer.width / room; });
    const thin = Math.min(1, coverage / Math.max(covered, 1e-300));
    const widths = meta.layers.map(layer => Math.max(0.3 * layer.width / meta.layers[0].width, layer.width * thin));
    widths.forEach((width, l) => { after += layerLengths[l] * width / room; });
    const opacity = Math.max(0.12, 0.92 * Math.min(1, coverage / Math.max(after, 1e-300)));
    return widths.map((width, l) => ({ width, opacity, color: meta.layers[l].color }));
  }

  /* ---------- clipping in float64 ---------- */

  function viewWindow(pad) {
    const w = (view.width / 2 + pad) / view.scale, h = (view.height / 2 + pad) / view.scale;
    return [view.x - w, view.y - h, view.x + w, view.y + h];
  }

  // Sutherland and Hodgman against the four sides; coordinates relative to the view's center.
  function clipRegion(r, w) {
    let points = [];
    for (let h = first[r]; h < first[r + 1]; h++) points.push(data.vertices[2 * data.origins[h]] - view.x, data.vertices[2 * data.origins[h] + 1] - view.y);
    const limits = [w[0] - view.x, w[1] - view.y, w[2] - view.x, w[3] - view.y];
    for (let side = 0; side < 4 && points.length; side++) {
      const axis = side % 2, sign = side < 2 ? 1 : -1, limit = limits[side], kept = [];
      for (let i = 0; i < points.length; i += 2) {
        const n = (i + 2) % points.length;
        const a = sign * (points[i + axis] - limit), b = sign * (points[n + axis] - limit);
        if (a >= 0) kept.push(points[i], points[i + 1]);
        if (a >= 0 !== b >= 0) {
          const share = a / (a - b);
          kept.push(points[i] + share * (points[n] - points[i]), points[i + 1] + share * (points[n + 1] - points[i + 1]));
        }
      }
      points = kept;
    }
    return points;
  }

  // Liang and Barsky; relative to the view's center, or null when nothing is visible.
  function clipSegment(x0, y0, x1, y1, w) {
    const ax = x0 - view.x, ay = y0 - view.y, dx = x1 - x0, dy = y1 - y0;
    let from = 0, to = 1;
    for (const [p, q] of [[-dx, ax - w[0] + view.x], [dx, w[2] - view.x - ax], [-dy, ay - w[1] + view.y], [dy, w[3] - view.y - ay]]) {
      if (p === 0) {
        if (q < 0) return null;
      } else if (p < 0) from = Math.max(from, q / p);
      else to = Math.min(to, q / p);
    }
    return from > to ? null : [ax + from * dx, ay + from * dy, ax + to * dx, ay + to * dy];
  }

  function clippedScene() {
    const w = viewWindow(12), regions = visibleRegions(w);
    const scene = { polygons: [], colors: [], lines: meta.layers.map(() => []), boundary: [] };
    for (const r of regions) {
      const polygon = clipRegion(r, w);
      if (polygon.length >= 6) {
        scene.polygons.push(polygon);
        scene.colors.push(palette[colorOf(r)]);
      }
      for (let h = first[r]; h < first[r + 1]; h++) {
        const layer = data.layers[h];
        if (layer === 0 || layer === 255) continue;
        const a = 2 * data.origins[h], b = 2 * data.origins[h + 1 === first[r + 1] ? first[r] : h + 1];
        const ends = clipSegment(data.vertices[a], data.vertices[a + 1], data.vertices[b], data.vertices[b + 1], w);
        if (ends) scene.lines[Math.min(layer, meta.layers.length) - 1].push(...ends);
      }
    }
    for (let s = 0; s < data.boundary.length; s += 4) {
      const ends = clipSegment(data.boundary[s], data.boundary[s + 1], data.boundary[s + 2], data.boundary[s + 3], w);
      if (ends) scene.boundary.push(...ends);
    }
    return scene;
  }

  /* ---------- WebGL2 ---------- */

  const fillVertex = `#version 300 es
    in vec2 place; in vec4 color; uniform vec2 center, zoom; flat out vec4 paint;
    void main() { paint = color; gl_Position = vec4((place - center) * zoom, 0.0, 1.0); }`;
  const fillFragment = `#version 300 es
    precision highp float; flat in vec4 paint; out vec4 result;
    void main() { result = vec4(paint.rgb, 1.0); }`;
  const lineVertex = `#version 300 es
    in vec4 ends; uniform vec2 center, screen; uniform float scale, width, cap; out float across;
    void main() {
      vec2 a = (ends.xy - center) * scale, b = (ends.zw - center) * scale, along = b - a;
      float size = length(along), far = float(gl_VertexID >> 1), side = float(gl_VertexID & 1) * 2.0 - 1.0;
      along = size > 0.0 ? along / size : vec2(1.0, 0.0);
      across = side * (0.5 * width + 1.0);
      vec2 p = mix(a, b, far) + along * (far * 2.0 - 1.0) * cap + vec2(-along.y, along.x) * across;
      gl_Position = vec4(p / (0.5 * screen), 0.0, 1.0);
    }`;
  const lineFragment = `#version 300 es
    precision highp float; in float across; uniform float width; uniform vec4 color; out vec4 result;
    void main() { result = color * clamp(0.5 * width + 0.5 - abs(across), 0.0, 1.0); }`;

  function program(gl, vertex, fragment, attributes) {
    const made = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(made, shader);
    }
    attributes.forEach((name, i) => gl.bindAttribLocation(made, i, name));
    gl.linkProgram(made);
    if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
    const places = new Map();
    const at = name => {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(made, name));
      return places.get(name);
    };
    return { made, at };
  }

  function webglPainter(gl) {
    const fills = program(gl, fillVertex, fillFragment, ['place', 'color']);
    const lines = program(gl, lineVertex, lineFragment, ['ends']);
    const buffers = { places: gl.createBuffer(), colors: gl.createBuffer(), fans: gl.createBuffer(), edges: gl.createBuffer(), boundary: gl.createBuffer() };
    const deep = { places: gl.createBuffer(), colors: gl.createBuffer(), fans: gl.createBuffer(), edges: gl.createBuffer(), boundary: gl.createBuffer() };
    const middle = [(box.left + box.right) / 2, (box.bottom + box.top) / 2];
    const halfEdges = data.origins.length;
    const ranges = [];

    function upload(buffer, array, target = gl.ARRAY_BUFFER) {
      gl.bindBuffer(target, buffer);
      gl.bufferData(target, array, gl.STATIC_DRAW);
    }

    function whole() {
      const places = new Float32Array(2 * halfEdges), fans = new Uint32Array(3 * (halfEdges - 2 * regionCount));
      let f = 0;
      for (let h = 0; h < halfEdges; h++) {
        places[2 * h] = data.vertices[2 * data.origins[h]] - middle[0];
        places[2 * h + 1] = data.vertices[2 * data.origins[h] + 1] - middle[1];
      }
      const counts = meta.layers.map(() => 0);
      for (let r = 0; r < regionCount; r++) {
        for (let h = first[r] + 1; h + 1 < first[r + 1]; h++) {
          fans[f++] = first[r];
          fans[f++] = h;
          fans[f++] = h + 1;
        }
        for (let h = first[r]; h < first[r + 1]; h++)
          if (data.layers[h] > 0 && data.layers[h] < 255) counts[Math.min(data.layers[h], counts.length) - 1]++;
      }
      let total = 0;
      counts.forEach((count, l) => { ranges[l] = { from: total, count }; total += count; });
      const edges = new Float32Array(4 * total), next = ranges.map(range => range.from);
      for (let r = 0; r < regionCount; r++)
        for (let h = first[r]; h < first[r + 1]; h++) {
          if (data.layers[h] === 0 || data.layers[h] === 255) continue;
          const n = h + 1 === first[r + 1] ? first[r] : h + 1;
          edges.set([places[2 * h], places[2 * h + 1], places[2 * n], places[2 * n + 1]], 4 * next[Math.min(data.layers[h], counts.length) - 1]++);
        }
      upload(buffers.places, places);
      upload(buffers.fans, fans, gl.ELEMENT_ARRAY_BUFFER);
      upload(buffers.edges, edges);
      upload(buffers.boundary, Float32Array.from(data.boundary, (v, i) => v - middle[i % 2]));
    }

    function recolorWhole() {
      const colors = new Uint8Array(4 * halfEdges);
      for (let r = 0; r < regionCount; r++) {
        const [red, green, blue] = palette[colorOf(r)];
        for (let h = 4 * first[r]; h < 4 * first[r + 1]; h += 4) {
          colors[h] = red;
          colors[h + 1] = green;
          colors[h + 2] = blue;
        }
      }
      upload(buffers.colors, colors);
    }

    function fill(set, count, center) {
      gl.useProgram(fills.made);
      gl.uniform2f(fills.at('center'), center[0], center[1]);
      gl.uniform2f(fills.at('zoom'), 2 * view.scale / view.width, 2 * view.scale / view.height);
      gl.bindBuffer(gl.ARRAY_BUFFER, set.places);
      gl.enableVertexAttribArray(0);
      gl.vertexAttribDivisor(0, 0);
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
      gl.bindBuffer(gl.ARRAY_BUFFER, set.colors);
      gl.enableVertexAttribArray(1);
      gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, 0, 0);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, set.fans);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
      gl.disableVertexAttribArray(1);
    }

    function stroke(buffer, from, count, center, style, cap) {
      if (count === 0) return;
      const width = style.width * view.ratio, rgb = [1, 3, 5].map(i => parseInt(style.color.slice(i, i + 2), 16) / 255);
      const alpha = style.opacity * Math.min(1, width);
      gl.useProgram(lines.made);
      gl.uniform2f(lines.at('center'), center[0], center[1]);
      gl.uniform2f(lines.at('screen'), view.width * view.ratio, view.height * view.ratio);
      gl.uniform1f(lines.at('scale'), view.scale * view.ratio);
      gl.uniform1f(lines.at('width'), Math.max(1, width));
      gl.uniform1f(lines.at('cap'), cap * width / 2);
      gl.uniform4f(lines.at('color'), rgb[0] * alpha, rgb[1] * alpha, rgb[2] * alpha, alpha);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(0);
      gl.vertexAttribDivisor(0, 1);
      gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 16 * from);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    }

    function strokes(set, spans, boundaryCount, center) {
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      const styles = lineStyles();
      for (let l = styles.length - 1; l >= 0; l--)
        if (shown.layers[l]) stroke(set.edges, spans[l].from, spans[l].count, center, styles[l], 0);
      if (shown.boundary) {
        stroke(set.boundary, 0, boundaryCount, center, { width: 5, opacity: 1, color: '#ffffff' }, 0.5);
        stroke(set.boundary, 0, boundaryCount, center, { width: 2.4, opacity: 1, color: '#000000' }, 0.5);
      }
      gl.disable(gl.BLEND);
    }

    function drawDeep() {
      const scene = clippedScene();
      const corners = scene.polygons.reduce((sum, p) => sum + p.length / 2, 0);
      const places = new Float32Array(2 * corners), colors = new Uint8Array(4 * corners);
      const fans = new Uint32Array(3 * Math.max(0, corners - 2 * scene.polygons.length));
      let at = 0, f = 0;
      scene.polygons.forEach((polygon, i) => {
        const start = at;
        for (let k = 0; k < polygon.length; k += 2, at++) {
          places[2 * at] = polygon[k];
          places[2 * at + 1] = polygon[k + 1];
          colors.set(scene.colors[i], 4 * at);
          if (k >= 4) fans.set([start, at - 1, at], 3 * f++);
        }
      });
      upload(deep.places, places);
      upload(deep.colors, colors);
      upload(deep.fans, fans, gl.ELEMENT_ARRAY_BUFFER);
      const spans = [];
      let total = 0;
      scene.lines.forEach((line, l) => { spans[l] = { from: total, count: line.length / 4 }; total += line.length / 4; });
      upload(deep.edges, new Float32Array(scene.lines.flat()));
      upload(deep.boundary, new Float32Array(scene.boundary));
      fill(deep, fans.length, [0, 0]);
      strokes(deep, spans, scene.boundary.length / 4, [0, 0]);
    }

    whole();
    return {
      recolor: recolorWhole,
      draw() {
        const k = view.ratio, bottom = glCanvas.height - (gutter.top + view.height) * k;
        gl.disable(gl.SCISSOR_TEST);
        gl.clearColor(0, 0, 0, 0);
        gl.clear(gl.COLOR_BUFFER_BIT);
        gl.viewport(gutter.left * k, bottom, view.width * k, view.height * k);
        gl.scissor(gutter.left * k, bottom, view.width * k, view.height * k);
        gl.enable(gl.SCISSOR_TEST);
        if (view.scale > deepZoom * view.fit) {
          drawDeep();
          return;
        }
        const center = [view.x - middle[0], view.y - middle[1]];
        fill(buffers, 3 * (halfEdges - 2 * regionCount), center);
        strokes(buffers, ranges, data.boundary.length / 4, center);
      },
    };
  }

  /* ---------- 2-D canvas, where WebGL2 is absent ---------- */

  function canvasPainter(context) {
    const path = points => {
      context.beginPath();
      for (let k = 0; k < points.length; k += 2) context.lineTo(points[k] * view.scale, -points[k + 1] * view.scale);
      context.closePath();
    };
    const strokeAll = (ends, style) => {
      context.beginPath();
      for (let k = 0; k < ends.length; k += 4) {
        context.moveTo(ends[k] * view.scale, -ends[k + 1] * view.scale);
        context.lineTo(ends[k + 2] * view.scale, -ends[k + 3] * view.scale);
      }
      context.globalAlpha = style.opacity;
      context.lineWidth = style.width;
      context.strokeStyle = style.color;
      context.stroke();
      context.globalAlpha = 1;
    };
    return {
      recolor() { },
      draw() {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, glCanvas.width, glCanvas.height);
        context.setTransform(view.ratio, 0, 0, view.ratio, (gutter.left + view.width / 2) * view.ratio, (gutter.top + view.height / 2) * view.ratio);
        context.save();
        context.beginPath();
        context.rect(-view.width / 2, -view.height / 2, view.width, view.height);
        context.clip();
        const scene = clippedScene(), styles = lineStyles();
        context.lineWidth = 0.4;
        scene.polygons.forEach((polygon, i) => {
          path(polygon);
          context.fillStyle = context.strokeStyle = `rgb(${scene.colors[i]})`;
          context.fill();
          context.stroke();
        });
        for (let l = styles.length - 1; l >= 0; l--)
          if (shown.layers[l]) strokeAll(scene.lines[l], styles[l]);
        if (shown.boundary) {
          context.lineCap = 'round';
          strokeAll(scene.boundary, { width: 5, opacity: 1, color: '#ffffff' });
          strokeAll(scene.boundary, { width: 2.4, opacity: 1, color: '#000000' });
        }
        context.restore();
      },
    };
  }

  /* ---------- axes, highlight, points ---------- */

  const minus = text => text.replace('-', '−');
  const powers = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const power = e => '10' + (e < 0 ? '⁻' : '') + [...String(Math.abs(e))].map(d => powers[d]).join('');

  function ticks(low, high, wanted) {
    const raw = (high - low) / wanted, unit = 10 ** Math.floor(Math.log10(raw)), share = raw / unit;
    const factor = share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10, step = factor * unit;
    const exponent = Math.floor(Math.log10(step) + 1e-9), digits = Math.max(0, -exponent);
    const firstIndex = Math.ceil(low / step - 1e-9), lastIndex = Math.floor(high / step + 1e-9), found = [];
    if (digits <= 5 && Math.max(Math.abs(low), Math.abs(high)) < 1e6) {
      for (let k = firstIndex; k <= lastIndex; k++) found.push({ value: k * step, label: minus((k * step || 0).toFixed(digits)) });
      return { found, note: '' };
    }
    // Deep in, every label would repeat the same long number: it moves into the axis title.
    const base = Math.round((low + high) / 2 / step), times = Math.round(step / 10 ** exponent);
    for (let k = firstIndex; k <= lastIndex; k++)
      found.push({ value: k * step, label: (k > base ? '+' : '') + minus(String((k - base) * times)) });
    return { found, note: ` = ${minus((base * step).toFixed(Math.min(digits, 15)))} + … × ${power(exponent)}` };
  }

  function drawOverlay() {
    const style = getComputedStyle(document.documentElement), color = name => style.getPropertyValue(name).trim();
    ink.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    ink.clearRect(0, 0, stage.clientWidth, stage.clientHeight);
    const left = gutter.left, top = gutter.top, right = left + view.width, bottom = top + view.height;
    ink.save();
    ink.beginPath();
    ink.rect(left, top, view.width, view.height);
    ink.clip();
    outlineDomain(color('--ink'));
    highlight();
    if (shown.points) meta.points.forEach(drawPoint);
    ink.restore();
    ink.strokeStyle = ink.fillStyle = color('--ink');
    ink.lineWidth = 1;
    ink.font = `12px ${color('--sans')}`;
    ink.beginPath();
    ink.moveTo(left - 0.5, top);
    ink.lineTo(left - 0.5, bottom + 0.5);
    ink.lineTo(right, bottom + 0.5);
    ink.textAlign = 'center';
    const across = ticks(fromX(left), fromX(right), Math.max(2, view.width / 110));
    for (const { value, label } of across.found) {
      const x = Math.round(toX(value)) - 0.5;
      ink.moveTo(x, bottom);
      ink.lineTo(x, bottom + 6);
      ink.fillText(label, x, bottom + 20);
    }
    ink.textAlign = 'right';
    const up = ticks(fromY(bottom), fromY(top), Math.max(2, view.height / 80));
    for (const { value, label } of up.found) {
      const y = Math.round(toY(value)) - 0.5;
      ink.moveTo(left, y);
      ink.lineTo(left - 6, y);
      ink.fillText(label, left - 10, y + 4);
    }
    ink.stroke();
    ink.textAlign = 'center';
    ink.font = `13px ${color('--sans')}`;
    ink.fillText(meta.axes[0] + across.note, (left + right) / 2, bottom + 41);
    ink.save();
    ink.translate(18, (top + bottom) / 2);
    ink.rotate(-Math.PI / 2);
    ink.fillText(meta.axes[1] + up.note, 0, 0);
    ink.restore();
  }

  function outlineDomain(color) {
    const w = viewWindow(4);
    ink.strokeStyle = color;
    ink.lineWidth = 1;
    ink.beginPath();
    for (let i = 0; i < meta.domain.length; i += 2) {
      const n = (i + 2) % meta.domain.length;
      const ends = clipSegment(meta.domain[i], meta.domain[i + 1], meta.domain[n], meta.domain[n + 1], w);
      if (!ends) continue;
      ink.moveTo(toX(ends[0] + view.x), toY(ends[1] + view.y));
      ink.lineTo(toX(ends[2] + view.x), toY(ends[3] + view.y));
    }
    ink.stroke();
  }

  function highlight() {
    const r = held >= 0 ? held : hovered;
    if (r < 0) return;
    const polygon = clipRegion(r, viewWindow(20));
    ink.beginPath();
    for (let k = 0; k < polygon.length; k += 2)
      ink.lineTo(gutter.left + view.width / 2 + polygon[k] * view.scale, gutter.top + view.height / 2 - polygon[k + 1] * view.scale);
    ink.closePath();
    ink.fillStyle = 'rgba(255, 255, 255, 0.35)';
    ink.fill();
    ink.lineJoin = 'round';
    ink.lineWidth = 5;
    ink.strokeStyle = '#ffffff';
    ink.stroke();
    ink.lineWidth = 2;
    ink.strokeStyle = '#d6004d';
    ink.stroke();
  }

  function drawPoint(point) {
    const x = toX(point.s), y = toY(point.t);
    if (x < -50 || y < -50 || x > stage.clientWidth + 50 || y > stage.clientHeight + 50) return;
    ink.beginPath();
    ink.arc(x, y, 5, 0, 2 * Math.PI);
    ink.lineWidth = 4;
    ink.strokeStyle = '#ffffff';
    ink.stroke();
    ink.fillStyle = point.color;
    ink.fill();
    ink.lineWidth = 1.5;
    ink.strokeStyle = '#000000';
    ink.stroke();
    if (!point.label) return;
    ink.font = '600 13px sans-serif';
    ink.textAlign = 'left';
    ink.lineJoin = 'round';
    ink.lineWidth = 3.5;
    ink.strokeStyle = '#ffffff';
    ink.strokeText(point.label, x + 10, y + 4);
    ink.fillStyle = '#000000';
    ink.fillText(point.label, x + 10, y + 4);
  }

  /* ---------- side panel ---------- */

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function drawLegend() {
    const legend = byId('legend');
    legend.replaceChildren();
    const scale = coloring.scale;
    if (scale) {
      legend.append(element('p', scale.note ? `${coloring.label} (${scale.note})` : coloring.label, 'note'));
      const bar = element('div', undefined, 'bar'), marks = element('div', undefined, 'ticks');
      const stops = [];
      for (let i = 0; i <= 16; i++) stops.push(coloring.palette[scale.low === scale.high ? 128 : Math.floor(i * 255 / 16)]);
      bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
      let last = -1;
      for (const { at, label } of scale.ticks) {
        if (at - last < 0.11 && last >= 0) continue;
        last = at;
        const mark = element('span', label);
        mark.style.left = `${100 * at}%`;
        marks.append(mark);
      }
      legend.append(bar, marks);
      return;
    }
    if (coloring.entries.length === 0) {
      legend.append(element('p', 'by the hash of the code', 'note'));
      return;
    }
    legend.append(element('p', coloring.label, 'note'));
    const list = element('ul');
    for (const { name, index } of coloring.entries) {
      const item = element('li'), swatch = element('i');
      swatch.style.background = coloring.palette[index];
      item.append(swatch, name);
      list.append(item);
    }
    legend.append(list);
  }

  function toggle(text, checked, style, change) {
    const label = element('label'), input = element('input'), swatch = element('i'), line = element('b');
    input.type = 'checkbox';
    input.checked = checked;
    input.addEventListener('change', () => { change(input.checked); redraw(); });
    line.style.borderTop = `${style.width}px solid ${style.color}`;
    if (style.halo) line.style.boxShadow = '0 0 0 1.5px #fff';
    swatch.append(line);
    label.append(input, swatch, text);
    byId('toggles').append(label);
  }

  function fillPanel() {
    byId('subtitle').textContent = meta.subtitle;
    const select = byId('color');
    const names = { SlopeNorm: 'Slope norm', Class: 'Class', Area: 'Area', Depth: 'Depth', Random: 'Random per code' };
    for (const { key } of meta.colorings) {
      const option = element('option', names[key]);
      option.value = key;
      option.selected = key === shown.color;
      select.append(option);
    }
    select.addEventListener('change', () => { shown.color = select.value; recolor(); });
    meta.layers.forEach((layer, l) => toggle(layer.name, shown.layers[l], layer, on => { shown.layers[l] = on; }));
    if (data.boundary.length) toggle('decision boundary', shown.boundary, { width: 2.4, color: '#000', halo: true }, on => { shown.boundary = on; });
    if (meta.points.length) toggle('points', true, { width: 0, color: '#000' }, on => { shown.points = on; });
    for (const [name, value] of meta.statistics) byId('statistics').append(element('dt', name), element('dd', value));
    describe();
  }

  const number = value => minus(value === 0 ? '0' : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6 ? String(+value.toPrecision(5)) : value.toExponential(4));

  let described = -2;
  function describe() {
    const r = held >= 0 ? held : hovered, list = byId('region');
    if (r === described) return;
    described = r;
    list.replaceChildren();
    if (r < 0) {
      list.append(element('dd', 'Point at a region to see its numbers.', 'hint'));
      return;
    }
    let hash = '';
    for (let b = 7; b >= 0; b--) hash += data.hashes[8 * r + b].toString(16).padStart(2, '0');
    const rows = [
      ['index', String(r)], ['class', meta.classNames[data.classes[r]]], ['slope norm', number(data.norms[r])], ['area', number(data.areas[r])],
      ['last layer that folds', data.depths[r] === 0 ? 'none' : String(data.depths[r])], ['vertices', String(data.corners[r])],
    ];
    for (const [name, value] of rows) list.append(element('dt', name), element('dd', value));
    list.append(element('dt', 'code hash'), element('dd', hash, 'code'));
  }

  /* ---------- drawing on demand ---------- */

  let painter, pending = false;

  function paint() {
    painter.draw();
    drawOverlay();
    describe();
  }

  function redraw() {
    if (!painter || pending) return;
    pending = true;
    requestAnimationFrame(() => { pending = false; paint(); });
  }

  function savePng() {
    paint();
    const k = view.ratio, head = 64, style = getComputedStyle(document.documentElement), color = name => style.getPropertyValue(name).trim();
    const sheet = document.createElement('canvas'), context = sheet.getContext('2d');
    const width = stage.clientWidth + 190, height = stage.clientHeight + head;
    sheet.width = Math.round(width * k);
    sheet.height = Math.round(height * k);
    context.scale(k, k);
    context.fillStyle = color('--paper');
    context.fillRect(0, 0, width, height);
    context.drawImage(glCanvas, 0, head, stage.clientWidth, stage.clientHeight);
    context.drawImage(overlay, 0, head, stage.clientWidth, stage.clientHeight);
    context.fillStyle = color('--ink');
    context.font = `600 20px ${color('--sans')}`;
    context.fillText(meta.title, gutter.left, 36, width - gutter.left - 20);
    context.font = `13px ${color('--sans')}`;
    context.fillText(meta.subtitle, gutter.left, 57);
    sheetLegend(context, stage.clientWidth + 4, head + gutter.top + 12);
    sheet.toBlob(blob => {
      const link = element('a');
      link.href = URL.createObjectURL(blob);
      link.download = `${meta.title.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'partition'}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  function sheetLegend(context, x, y) {
    context.font = `600 13px sans-serif`;
    context.fillText(coloring.label, x, y);
    context.font = `12px sans-serif`;
    const scale = coloring.scale;
    if (!scale) {
      coloring.entries.slice(0, 20).forEach(({ name, index }, i) => {
        const text = context.fillStyle;
        context.fillStyle = coloring.palette[index];
        context.fillRect(x, y + 12 + 20 * i, 20, 12);
        context.fillStyle = text;
        context.fillText(name, x + 28, y + 22 + 20 * i, 150);
      });
      return;
    }
    if (scale.note) context.fillText(scale.note, x, y + 17, 180);
    const top = y + 30, height = 220, text = context.fillStyle;
    for (let i = 0; i < height; i++) {
      context.fillStyle = coloring.palette[scale.low === scale.high ? 128 : Math.round(255 * (1 - i / (height - 1)))];
      context.fillRect(x, top + i, 16, 1.5);
    }
    context.fillStyle = text;
    for (const { at, label } of scale.ticks) context.fillText(label, x + 24, top + height * (1 - at) + 4);
  }

  /* ---------- input ---------- */

  function listen() {
    const pointers = new Map();
    let moved = 0;
    const place = event => {
      const rect = stage.getBoundingClientRect();
      return { x: event.clientX - rect.left, y: event.clientY - rect.top };
    };
    const onButton = event => event.target.closest('button') !== null;
    const hover = p => {
      const within = p.x >= gutter.left && p.x <= gutter.left + view.width && p.y >= gutter.top && p.y <= gutter.top + view.height;
      const r = within ? regionAt(fromX(p.x), fromY(p.y)) : -1;
      if (r === hovered) return;
      hovered = r;
      redraw();
    };
    stage.addEventListener('pointerdown', event => {
      if (onButton(event)) return;
      stage.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, place(event));
      moved = 0;
    });
    stage.addEventListener('pointermove', event => {
      const p = place(event), before = pointers.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== 'touch') hover(p);
        return;
      }
      moved += Math.hypot(p.x - before.x, p.y - before.y);
      if (pointers.size === 1) {
        if (moved > 4) {
          stage.classList.add('dragging');
          pan(p.x - before.x, p.y - before.y);
        }
      } else {
        const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)[1];
        const was = Math.hypot(before.x - other.x, before.y - other.y), is = Math.hypot(p.x - other.x, p.y - other.y);
        pan((p.x - before.x) / 2, (p.y - before.y) / 2);
        if (was > 0 && is > 0) zoomAbout((p.x + other.x) / 2, (p.y + other.y) / 2, is / was);
      }
      pointers.set(event.pointerId, p);
    });
    const release = event => {
      if (!pointers.delete(event.pointerId)) return;
      stage.classList.remove('dragging');
      if (event.type === 'pointerup' && moved <= 4 && pointers.size === 0) {
        const p = place(event), r = regionAt(fromX(p.x), fromY(p.y));
        held = r === held ? -1 : r;
        redraw();
      }
    };
    stage.addEventListener('pointerup', release);
    stage.addEventListener('pointercancel', release);
    stage.addEventListener('pointerleave', () => { hovered = -1; redraw(); });
    stage.addEventListener('wheel', event => {
      event.preventDefault();
      const p = place(event), lines = event.deltaMode === 1 ? 16 : 1;
      zoomAbout(p.x, p.y, Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)));
      hover(p);
    }, { passive: false });
    stage.addEventListener('dblclick', event => { if (!onButton(event)) reset(); });
    const middle = () => [gutter.left + view.width / 2, gutter.top + view.height / 2];
    stage.addEventListener('keydown', event => {
      if (onButton(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = 60;
      const actions = {
        ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
        '+': () => zoomAbout(...middle(), 1.4), '=': () => zoomAbout(...middle(), 1.4), '-': () => zoomAbout(...middle(), 1 / 1.4),
        0: reset, Home: reset, Escape: () => { held = -1; redraw(); }, Enter: () => { held = regionAt(view.x, view.y); redraw(); },
      };
      if (!actions[event.key]) return;
      event.preventDefault();
      actions[event.key]();
    });
    byId('zoom-in').addEventListener('click', () => zoomAbout(...middle(), 1.6));
    byId('zoom-out').addEventListener('click', () => zoomAbout(...middle(), 1 / 1.6));
    byId('reset').addEventListener('click', reset);
    byId('save').addEventListener('click', savePng);
    new ResizeObserver(resize).observe(stage);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    window.addEventListener('hashchange', fromFragment);
  }

  // A link can open a view: #region=123, #color=Class, #x=0.1&y=0.2&zoom=50 (zoom relative to the whole slice); #canvas draws without WebGL.
  function fromFragment() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const value = name => asked.has(name) && Number.isFinite(Number(asked.get(name))) ? Number(asked.get(name)) : null;
    if (value('region') !== null) held = value('region') >= 0 && value('region') < regionCount ? Math.floor(value('region')) : -1;
    if (value('zoom') > 0) view.scale = view.fit * Math.max(0.5, Math.min(mostZoom, value('zoom')));
    if (value('x') !== null) view.x = value('x');
    if (value('y') !== null) view.y = value('y');
    if (meta.colorings.some(c => c.key === asked.get('color'))) {
      shown.color = byId('color').value = asked.get('color');
      recolor();
    }
    redraw();
  }

  function makePainter() {
    const plain = new URLSearchParams(location.hash.slice(1)).has('canvas');
    const gl = plain ? null : glCanvas.getContext('webgl2', { antialias: true, premultipliedAlpha: true });
    if (gl) {
      try {
        const made = webglPainter(gl);
        glCanvas.addEventListener('webglcontextlost', event => event.preventDefault());
        glCanvas.addEventListener('webglcontextrestored', () => { painter = webglPainter(gl); painter.recolor(); redraw(); });
        return made;
      } catch (fault) {
        console.warn(`WebGL2 refused: ${fault.message}`);
        // A canvas that gave one kind of context gives no other.
        const fresh = glCanvas.cloneNode();
        glCanvas.replaceWith(fresh);
        glCanvas = fresh;
      }
    }
    return canvasPainter(glCanvas.getContext('2d'));
  }

  async function start() {
    prepare(await unpack());
    measureLines();
    fillPanel();
    view.scale = view.fit;
    resize();
    recolor();
    painter = makePainter();
    painter.recolor();
    listen();
    fromFragment();
    byId('message').textContent = '';
    redraw();
  }

  start().catch(fault => { byId('message').textContent = `This page could not be drawn: ${fault.message}`; });
})();
