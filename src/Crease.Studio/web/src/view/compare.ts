import type { Dynamics, TrainingOptions } from '../api/types';

export interface Curve {
  x: number[];
  y: (number | null)[];
}

/** Curves over one shared axis: a gap where a curve has no number at a place of another. */
export function joined(curves: Curve[]): { x: number[]; values: (number | null)[][] } {
  const x = [...new Set(curves.flatMap(curve => curve.x))].sort((a, b) => a - b);
  const place = new Map(x.map((value, i) => [value, i]));
  const values = curves.map(curve => {
    const row: (number | null)[] = new Array<number | null>(x.length).fill(null);
    curve.x.forEach((value, i) => (row[place.get(value)!] = curve.y[i] ?? null));
    return row;
  });
  return { x, values };
}

/** Options that are not the same in all runs, by their names. */
export function differences(runs: TrainingOptions[]): { name: string; values: string[] }[] {
  const flat = runs.map(options => new Map(flatten(options)));
  const names = [...new Set(flat.flatMap(options => [...options.keys()]))];
  return names
    .map(name => ({ name: spoken(name), values: flat.map(options => options.get(name) ?? '–') }))
    .filter(row => row.values.some(value => value !== row.values[0]));
}

/** Budgets of all attacks, each once, those of most runs first and small ones before large ones. */
export function budgets(dynamics: (Dynamics | null)[]): { epsilon: number; name: string }[] {
  const known = new Map<number, { epsilon: number; name: string; runs: number }>();
  for (const budget of dynamics.flatMap(d => d?.budgets ?? [])) {
    const found = known.get(budget.epsilon);
    known.set(budget.epsilon, { epsilon: budget.epsilon, name: budget.name, runs: (found?.runs ?? 0) + 1 });
  }
  return [...known.values()].sort((a, b) => b.runs - a.runs || a.epsilon - b.epsilon).map(({ epsilon, name }) => ({ epsilon, name }));
}

/** The line of the masking audit for several runs: that of the run whose gradients vanish most, which is true of all. */
export function auditOf(dynamics: (Dynamics | null)[]): string | null {
  const attacked = dynamics.filter(d => d !== null && d.audit !== null) as Dynamics[];
  const share = (d: Dynamics) => d.zeroGradientShare ?? 0;
  return attacked.reduce<Dynamics | null>((most, d) => (most === null || share(d) > share(most) ? d : most), null)?.audit ?? null;
}

function flatten(value: unknown, name = ''): [string, string][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner, name ? `${name}.${key}` : key));
  return [[name, value === null || value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value)]];
}

// optimizer.weightDecay: optimizer, weight decay; data.data would say one thing twice.
const spoken = (path: string): string =>
  [...new Set(path.split('.'))].map(word => word.replace(/([A-Z0-9]+)/g, ' $1').toLowerCase()).join(', ');
