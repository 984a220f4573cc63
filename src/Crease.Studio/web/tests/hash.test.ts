import { describe, expect, it } from 'vitest';
import { blank, formatHash, parseHash, parseSlice, type Address } from '../src/state/hash';

const full: Address = {
  page: 'view', network: 'upload:my net & more.onnx', slice: { kind: 'anchors', data: 'example:optdigits', rows: [3, 7, 12], margin: 0.2, rotation: -1.0471975511965976 },
  viewport: { x: -0.38356086825662644, y: 0.8370193386127902, width: 1.0000000000000001e-9, height: 7.3e-10 }, color: 'depth', pin: [0.1 + 0.2, -1e-17],
  section: [-1, 0.5, 1 / 3, 2e-9], hidden: [0, 2], boundary: false, points: true, scale: 'view', range: [0.25, 12.5, 1], most: 1_000_000, run: null, runs: [], step: null,
};

describe('addresses', () => {
  it('come back digit for digit', () => {
    expect(parseHash(formatHash(full))).toEqual(full);
    for (const page of ['start', 'view', 'network', 'runs', 'train'] as const) expect(parseHash(formatHash(blank(page)))).toEqual(blank(page));
    const run: Address = { ...blank('run'), run: 'grok-8x', step: 4211 };
    expect(parseHash(formatHash(run))).toEqual(run);
    const compared: Address = { ...blank('runs'), runs: ['grok-8x', 'größe_1.b'] };
    expect(parseHash(formatHash(compared))).toEqual(compared);
    expect(formatHash({ ...blank('runs'), runs: ['a', 'b'] })).toBe('#/runs?runs=a,b');
    const box: Address = { ...blank('view'), network: 'example:moons', slice: { kind: 'box', box: [-1, 1, -0.1, 0.1], at: 0.7 } };
    expect(parseHash(formatHash(box))).toEqual(box);
  });
  it('can be read', () => {
    expect(formatHash({ ...blank('view'), network: 'example:moons', viewport: { x: 0, y: 1, width: 2, height: 3 } })).toBe('#/view?network=example:moons&viewport=0,1,2,3');
  });
  it('with nonsense keep what makes sense', () => {
    const found = parseHash('#/view?network=a&viewport=1,2,0,1&color=mauve&pin=1&slice=box:1,2,3&hidden=x&most=-3&runs=,');
    expect(found).toEqual({ ...blank('view'), network: 'a' });
    expect(parseHash('#/nowhere').page).toBe('start');
    expect(parseHash('').page).toBe('start');
    for (const text of ['anchors:1,2,3', 'anchors:1,2,3,4:0:0:d', 'anchors:1:a:0:d', 'box:1,2,3,', 'ring:1']) expect(parseSlice(text)).toBeNull();
  });
});
