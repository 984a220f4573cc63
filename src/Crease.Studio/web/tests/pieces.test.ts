import { describe, expect, it } from 'vitest';
import type { Partition } from '../src/api/partition';
import { stepsOf, take, weightOf, type Look, type Step } from '../src/gl/steps';
import { paintOf } from '../src/gl/paint';
import { cellOf, cells, ordered, runsIn, type Box } from '../src/view/pieces';
import { makeScene, type Scene } from '../src/view/scene';
import { show } from '../src/view/view';
// @ts-expect-error plain JavaScript
import { cells as madeUp } from '../mock/cells.mjs';

const extent = [-1.6, 1.6, -1.2, 1.2];

function scene(count: number, viewport: object | null = null): Scene {
  const made = madeUp({ extent, viewport, count });
  const head = { regions: made.regions, vertices: made.arrays.vertices.length / 2, status: 'complete', viewport: made.seen, origin: [made.seen.x, made.seen.y], layers: ['a', 'b', 'c'] };
  return makeScene({ head, ...made.arrays } as unknown as Partition);
}

const large = scene(40_000);
const look: Look = { paint: paintOf('slope', large.scales, 3, 2), layers: [true, true, true], boundary: true };
const all = show({ x: 0, y: 0, width: 4, height: 3 }, 800, 600);
const count = (steps: Step[], kind: Step['kind']) => steps.filter(s => s.kind === kind).reduce((sum, s) => sum + s.count, 0);

describe('pieces', () => {
  it('order numbers by key and keep the order of equal ones', () => {
    expect([...ordered(Uint16Array.of(3, 0, 3, 1, 0), 4)]).toEqual([1, 4, 3, 0, 2]);
    const found = new Set<number>();
    for (let i = 0; i < 64; i++) for (let j = 0; j < 64; j++) found.add(cellOf([0, 64, 0, 64], i + 0.5, j + 0.5));
    expect(found.size).toBe(cells);
    expect(Math.max(...found)).toBe(cells - 1);
  });
  it('hold every triangle and every edge once, inside of their boxes', () => {
    const { fills, fans, places, lines, layerFirsts } = large;
    expect(fills.firsts.at(-1)).toBe(fans.length / 3);
    expect(fills.firsts.length).toBeGreaterThan(10);
    for (let p = 0; p + 1 < fills.firsts.length; p++)
      for (let i = 3 * fills.firsts[p]; i < 3 * fills.firsts[p + 1]; i++) {
        const [x, y] = [places[2 * fans[i]], places[2 * fans[i] + 1]];
        if (x < fills.boxes[4 * p] || x > fills.boxes[4 * p + 1] || y < fills.boxes[4 * p + 2] || y > fills.boxes[4 * p + 3]) throw new Error(`corner ${i} is outside of piece ${p}`);
      }
    lines.forEach((pieces, l) => expect([pieces.firsts[0], pieces.firsts.at(-1)]).toEqual([layerFirsts[l], layerFirsts[l + 1]]));
  });
  it('that are not seen, or are covered, are left out', () => {
    const everything: Box = [-9, 9, -9, 9];
    const total = large.fans.length / 3;
    expect(runsIn(large.fills, everything)).toEqual([[0, total]]);
    expect(runsIn(large.fills, everything, everything)).toEqual([]);
    expect(runsIn(large.fills, [5, 6, 5, 6])).toEqual([]);
    const quarter = runsIn(large.fills, [0, 9, 0, 9]).reduce((sum, [, n]) => sum + n, 0);
    expect(quarter).toBeGreaterThanOrEqual(0.24 * total);
    expect(quarter).toBeLessThan(0.5 * total);
  });
});

describe('steps', () => {
  it('draw regions, then creases from the last layer to the first, then the boundary', () => {
    const steps = stepsOf([large], all, look);
    expect(count(steps, 'fill')).toBe(large.fans.length / 3);
    expect(count(steps, 'line')).toBe(large.edges.length / 2);
    const lines = steps.filter(s => s.kind === 'line');
    expect(lines.map(s => s.from)).toEqual([...large.layerFirsts].slice(0, 3).reverse());
    expect(steps.map(s => s.kind).join(' ')).toMatch(/^fill( line)+ border border$/);
    const fewer = stepsOf([large], all, { ...look, layers: [false, true, true], boundary: false });
    expect(count(fewer, 'line')).toBe(large.edges.length / 2 - large.layerFirsts[1]);
    expect(count(fewer, 'border')).toBe(0);
  });
  it('taken bit by bit are all of them, in order', () => {
    const steps = stepsOf([large], all, look);
    const left = stepsOf([large], all, look);
    const parts: Step[] = [];
    while (left.length > 0) {
      const part = take(left, 1234);
      expect(weightOf(part)).toBeLessThanOrEqual(1234 + 2);
      parts.push(...part);
    }
    const merged: Step[] = [];
    for (const part of parts) {
      const last = merged.at(-1);
      if (last && last.kind === part.kind && last.style === part.style && last.from + last.count === part.from) last.count += part.count;
      else merged.push({ ...part });
    }
    expect(merged.map(({ kind, from, count: n }) => [kind, from, n])).toEqual(steps.map(({ kind, from, count: n }) => [kind, from, n]));
  });
  it('leave out what a whole cut above hides', () => {
    const part = scene(10_000, { x: 0, y: 0, width: 1.6, height: 1.2 });
    const close = show({ x: 0, y: 0, width: 1.5, height: 1.1 }, 800, 600);
    const below = (over: Scene[]) => count(stepsOf([large, ...over], close, look).filter(s => s.scene === large), 'fill');
    expect(below([part])).toBeLessThan(below([]));
    part.partition.head.status = 'budgetExhausted';
    expect(below([part])).toBe(below([]));
  });
});
