import type { Coloring, Slice, Viewport } from '../api/types';

export type Page = 'start' | 'view' | 'network' | 'runs' | 'run' | 'train';

/** All that the address keeps. A reload, or a link sent to somebody, shows the same. */
export interface Address {
  page: Page;
  network: string | null;
  slice: Slice | null;
  viewport: Viewport | null;
  color: Coloring | null;
  pin: [number, number] | null;
  section: [number, number, number, number] | null;
  hidden: number[];
  boundary: boolean;
  points: boolean;
  scale: 'whole' | 'view';
  /** Low and high end of the color scale, and 1 where it is logarithmic, while a part is shown in the colors of the whole. */
  range: [number, number, number] | null;
  most: number | null;
  run: string | null;
  /** Runs that are compared. */
  runs: string[];
  step: number | null;
}

const pages: Page[] = ['start', 'view', 'network', 'runs', 'run', 'train'];
const colorings: Coloring[] = ['slope', 'class', 'area', 'depth', 'random'];

export const blank = (page: Page): Address => ({
  page, network: null, slice: null, viewport: null, color: null, pin: null, section: null, hidden: [], boundary: true, points: false, scale: 'whole', range: null, most: null,
  run: null, runs: [], step: null,
});

export function parseHash(hash: string): Address {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const asked = new URLSearchParams(query);
  const address = blank(pages.find(p => p === path) ?? 'start');
  address.network = asked.get('network');
  address.slice = parseSlice(asked.get('slice'));
  const viewport = numbers(asked.get('viewport'), 4);
  if (viewport && viewport[2] > 0 && viewport[3] > 0) address.viewport = { x: viewport[0], y: viewport[1], width: viewport[2], height: viewport[3] };
  address.color = colorings.find(c => c === asked.get('color')) ?? null;
  address.pin = numbers(asked.get('pin'), 2) as [number, number] | null;
  address.section = numbers(asked.get('section'), 4) as Address['section'];
  address.hidden = numbers(asked.get('hidden'))?.filter(l => Number.isInteger(l) && l >= 0) ?? [];
  address.boundary = asked.get('boundary') !== '0';
  address.points = asked.get('points') === '1';
  address.scale = asked.get('scale') === 'view' ? 'view' : 'whole';
  address.range = numbers(asked.get('range'), 3) as Address['range'];
  const most = numbers(asked.get('most'), 1)?.[0] ?? 0;
  address.most = most >= 1 ? Math.floor(most) : null;
  address.run = asked.get('run');
  address.runs = [...new Set((asked.get('runs') ?? '').split(',').filter(name => name !== ''))];
  address.step = numbers(asked.get('step'), 1)?.[0] ?? null;
  return address;
}

export function formatHash(address: Address): string {
  const { viewport } = address;
  const parts: [string, string | null][] = [
    ['run', address.run],
    ['runs', address.runs.length ? address.runs.join(',') : null],
    ['step', address.step === null ? null : String(address.step)],
    ['network', address.network],
    ['slice', address.slice && formatSlice(address.slice)],
    ['viewport', viewport && [viewport.x, viewport.y, viewport.width, viewport.height].join(',')],
    ['color', address.color],
    ['pin', address.pin && address.pin.join(',')],
    ['section', address.section && address.section.join(',')],
    ['hidden', address.hidden.length ? address.hidden.join(',') : null],
    ['boundary', address.boundary ? null : '0'],
    ['points', address.points ? '1' : null],
    ['scale', address.scale === 'view' ? 'view' : null],
    ['range', address.range && address.range.join(',')],
    ['most', address.most === null ? null : String(address.most)],
  ];
  const query = parts.filter(([, value]) => value !== null).map(([name, value]) => `${name}=${readable(value!)}`);
  const path = address.page === 'start' ? '' : address.page;
  return `#/${path}${query.length ? `?${query.join('&')}` : ''}`;
}

export function formatSlice(slice: Slice): string {
  switch (slice.kind) {
    case 'default': return 'default';
    case 'box': return `box:${[...slice.box, ...(slice.at === undefined ? [] : [slice.at])].join(',')}`;
    case 'anchors': return `anchors:${slice.rows.join(',')}:${slice.margin}:${slice.rotation}:${slice.data}`;
  }
}

export function parseSlice(text: string | null): Slice | null {
  if (text === null) return null;
  if (text === 'default') return { kind: 'default' };
  const [kind, first = '', margin = '', rotation = '', ...data] = text.split(':');
  const found = numbers(first);
  if (!found) return null;
  if (kind === 'box' && (found.length === 4 || found.length === 5)) {
    const [x0, x1, y0, y1, at] = found;
    return { kind: 'box', box: [x0, x1, y0, y1], ...(at === undefined ? {} : { at }) };
  }
  const turns = numbers(`${margin},${rotation}`, 2);
  if (kind !== 'anchors' || !turns || found.length > 3 || data.length === 0) return null;
  return { kind: 'anchors', data: data.join(':'), rows: found, margin: turns[0], rotation: turns[1] };
}

function numbers(text: string | null, count?: number): number[] | null {
  if (text === null || text === '') return null;
  const found = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  return found.every(Number.isFinite) && (count === undefined || found.length === count) ? found : null;
}

// A comma and a colon may stand in a fragment as they are; escaped, nobody could read the address.
const readable = (value: string): string => encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%40/g, '@').replace(/%2F/g, '/');
