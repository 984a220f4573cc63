/** Answers the Studio's interface with made-up numbers, for work on the page alone: node mock/server.mjs [port]. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cells } from './cells.mjs';
import { encode } from './encode.mjs';
import { data, detail, networks, region, runs, rows, segment, thumbnail } from './made.mjs';

const port = Number(process.argv[2] ?? 7300);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const extent = [-1.6, 1.6, -1.2, 1.2];
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const mime = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const body = request => new Promise(done => {
  const parts = [];
  request.on('data', part => parts.push(part)).on('end', () => done(Buffer.concat(parts)));
});

function partition({ viewport, maxRegions, network }) {
  const wanted = Number(/(\d+)k$/.exec(network)?.[1] ?? 0) * 1000 || 400;
  const start = performance.now();
  const made = cells({ extent, viewport, count: Math.min(wanted, maxRegions) });
  const head = {
    regions: made.regions, vertices: made.arrays.vertices.length / 2, status: wanted > maxRegions ? 'budgetExhausted' : 'complete', exactness: 'exact',
    seconds: (performance.now() - start) / 1000, viewport: made.seen, origin: [made.seen.x, made.seen.y], layers: ['relu1', 'relu2', 'relu3'], classes: 2,
    ranges: { slope: [0, 5], area: [0, 1], depth: [0, 3] },
  };
  return encode(head, made.arrays);
}

async function answer(request, url) {
  const path = url.pathname.replace(/^\/api/, '');
  const id = decodeURIComponent(path.split('/')[2] ?? '');
  const posted = request.method === 'POST' && request.headers['content-type'] === 'application/json' ? JSON.parse((await body(request)).toString()) : null;
  if (path === '/about') return { name: 'Crease', version: '0.1.0', workspace: '/home/you/crease', limits: { uploadBytes: 256 << 20, regions: 1_000_000 } };
  if (path === '/networks' && request.method === 'GET') return networks;
  if (path.startsWith('/networks/')) return detail(id);
  if (path === '/data') return data;
  if (path.endsWith('/rows')) return rows(id, Number(url.searchParams.get('from')), Number(url.searchParams.get('count')));
  if (path.endsWith('.png')) return thumbnail(Number(/(\d+)\.png$/.exec(path)[1]));
  if (path === '/slices') return { extent, domain: [[-1.6, -1.2], [1.6, -1.2], [1.6, 1.2], [-1.6, 1.2]], anchors: [], inputs: 2 };
  if (path === '/partitions') return partition(posted);
  if (path === '/regions') return region(posted);
  if (path === '/segments') return segment(posted);
  return runs(path, id);
}

createServer(async (request, response) => {
  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  try {
    if (!url.pathname.startsWith('/api/')) {
      const file = join(dist, normalize(url.pathname === '/' ? '/index.html' : url.pathname));
      if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': mime[extname(file)] ?? 'application/octet-stream' });
      return createReadStream(file).pipe(response);
    }
    const found = await answer(request, url);
    if (found === null) response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error: `${url.pathname} is not there` }));
    else if (typeof found === 'function') found(response, request);
    else if (Buffer.isBuffer(found)) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
  } catch (fault) {
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: fault.message }));
  }
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
