import { describe, expect, it } from 'vitest';
import { fileName } from '../src/api/client';
import type { Dynamics, OptionField } from '../src/api/types';
import { auditOf, budgets, differences, joined } from '../src/view/compare';
import { applies, entryOf, faultOf, optionsOf, placed, type Entry } from '../src/view/options';
import { after, pace } from '../src/view/pace';

describe('compared runs', () => {
  it('share one axis, with gaps where a curve has no number', () => {
    const { x, values } = joined([{ x: [1, 3, 9], y: [5, null, 7] }, { x: [2, 3], y: [1, 2] }]);
    expect(x).toEqual([1, 2, 3, 9]);
    expect(values).toEqual([[5, null, null, 7], [null, 1, 2, null]]);
    expect(joined([])).toEqual({ x: [], values: [] });
  });
  it('show the options in which they differ, and no others', () => {
    const one = { seed: 0, optimizer: { rate: 0.1, weightDecay: 0 }, data: { data: 'a', shape: null } };
    const two = { seed: 0, optimizer: { rate: 0.1, weightDecay: 0.01 }, data: { data: 'b', shape: [1, 2] } };
    expect(differences([one, two])).toEqual([
      { name: 'optimizer, weight decay', values: ['0', '0.01'] },
      { name: 'data', values: ['a', 'b'] },
      { name: 'data, shape', values: ['–', '1, 2'] },
    ]);
    expect(differences([one, one, one])).toEqual([]);
  });
  it('are attacked with the budget of most', () => {
    const of = (...epsilons: number[]) => ({ budgets: epsilons.map(epsilon => ({ epsilon, norm: 'linf', name: `L∞ ${epsilon}` })) }) as Dynamics;
    expect(budgets([of(0.03), of(0.06, 0.1), of(0.06, 0.1), null]).map(b => b.name)).toEqual(['L∞ 0.06', 'L∞ 0.1', 'L∞ 0.03']);
    expect(budgets([null, of()])).toEqual([]);
  });
  it('share the audit line of the run whose gradients vanish most', () => {
    const of = (zeroGradientShare: number | null, audit: string | null) => ({ zeroGradientShare, audit }) as Dynamics;
    expect(auditOf([null, of(0, 'a'), of(0.3, 'b'), of(0.1, 'c'), of(null, null)])).toBe('b');
    expect(auditOf([of(0, 'a'), of(0, 'b')])).toBe('a');
    expect(auditOf([null, of(null, null)])).toBeNull();
    expect(auditOf([])).toBeNull();
  });
});

describe('a movie', () => {
  it('keeps its pace, and does not hurry after a late picture', () => {
    let [last, now] = [null as number | null, 0];
    const shown: number[] = [];
    for (const cut of [10, 80, 30, 450, 5, 5]) {
      now += pace(now, last, 100);
      last = now;
      shown.push(now);
      now += cut;
    }
    expect(shown).toEqual([100, 200, 300, 400, 850, 950]);
  });
  it('ends, or begins anew', () => {
    expect([after(0, 3, false), after(2, 3, false), after(2, 3, true), after(0, 1, true)]).toEqual([1, null, 0, null]);
  });
});

const field = (path: string, rest: Partial<OptionField> = {}): OptionField => ({
  path, label: path, kind: 'number', help: '', group: '', isMain: false, unit: null, low: null, high: null, isLowOpen: false, isHighOpen: false, empty: null, words: null, when: null,
  says: path, ...rest,
});

describe('the form of a run', () => {
  const fields = [
    field('steps', { kind: 'whole', low: 1, high: 9 }), field('optimizer.kind', { kind: 'word' }),
    field('optimizer.momentum', { low: 0, high: 1, isHighOpen: true, when: { path: 'optimizer.kind', words: ['sgd'] }, says: 'momentum' }),
    field('data.shape', { kind: 'wholes', low: 1, empty: 'none' }), field('network.net', { kind: 'text' }), field('augmentation.flip', { kind: 'flag' }),
  ];
  const defaults = { steps: 5, optimizer: { kind: 'adam', momentum: 0 }, data: { shape: null }, network: { net: '2-2' }, augmentation: { flip: false }, device: 'cpu' };
  const started = Object.fromEntries(fields.map(f => [f.path, entryOf(defaults, f)])) as Record<string, Entry>;

  it('gives back what it started with', () => {
    expect(optionsOf(defaults, fields, started)).toEqual(defaults);
    expect(fields.every(f => faultOf(f, started[f.path]) === null)).toBe(true);
  });
  it('reads numbers, lists and flags', () => {
    const changed = optionsOf(defaults, fields, { ...started, steps: '7', 'data.shape': '1, 28,28', 'augmentation.flip': true });
    expect(changed).toMatchObject({ steps: 7, data: { shape: [1, 28, 28] }, augmentation: { flip: true }, device: 'cpu' });
  });
  it('drops what has no meaning', () => {
    const entries = { ...started, 'optimizer.momentum': '0.9' };
    expect(applies(fields[2], entries)).toBe(false);
    expect(optionsOf(defaults, fields, entries)).toEqual(defaults);
    expect(optionsOf(defaults, fields, { ...entries, 'optimizer.kind': 'sgd' })).toMatchObject({ optimizer: { kind: 'sgd', momentum: 0.9 } });
  });
  it('says in one line what is wrong', () => {
    expect(faultOf(fields[0], '')).toBe('steps is empty; expected a whole number of at least 1 and at most 9');
    for (const text of ['0', '10', '1.5', 'x']) expect(faultOf(fields[0], text)).toContain(`steps is ${text}; expected`);
    expect(faultOf(fields[2], '1')).toContain('below 1');
    expect(faultOf(fields[3], '1,,2')).not.toBeNull();
    expect(faultOf(fields[3], '')).toBeNull();
  });
  it('puts lines of the server beside their fields', () => {
    const { faults, rest } = placed("steps is 0; expected 1 to 9; momentum is 2; expected below 1; '2-x' is not there; see the widths; the disk is full", fields, { ...started, 'network.net': '2-x' });
    expect(faults).toEqual({ steps: 'steps is 0; expected 1 to 9', 'optimizer.momentum': 'momentum is 2; expected below 1', 'network.net': "'2-x' is not there; see the widths" });
    expect(rest).toBe('the disk is full');
  });
});

describe('names of files', () => {
  it('are those that the server gives', () => {
    expect(fileName("attachment; filename=moons.svg; filename*=UTF-8''gr%C3%B6%C3%9Fe.svg")).toBe('größe.svg');
    expect(fileName('attachment; filename="a-loss.csv"')).toBe('a-loss.csv');
    expect(fileName(null)).toBeNull();
  });
});
