import { minus, power } from './numbers';

export interface Ticks {
  found: { value: number; label: string }[];
  /** What every label leaves out, for the axis title; empty where nothing. */
  note: string;
}

/** Round values from low to high, about as many as wanted. */
export function ticks(low: number, high: number, wanted: number): Ticks {
  const raw = (high - low) / Math.max(1, wanted);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const share = raw / unit;
  const factor = share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10;
  const step = factor * unit;
  const exponent = Math.floor(Math.log10(step) + 1e-9);
  const digits = Math.max(0, -exponent);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const found: Ticks['found'] = [];
  if (digits <= 5 && Math.max(Math.abs(low), Math.abs(high)) < 1e6) {
    for (let k = first; k <= last; k++) found.push({ value: k * step, label: minus((k * step || 0).toFixed(digits)) });
    return { found, note: '' };
  }
  // Deep in, every label would repeat the same long number: it moves into the axis title.
  const base = Math.round((low + high) / 2 / step);
  const times = Math.round(step / 10 ** exponent);
  for (let k = first; k <= last; k++) found.push({ value: k * step, label: (k > base ? '+' : '') + minus(String((k - base) * times)) });
  return { found, note: ` = ${minus((base * step).toFixed(Math.min(digits, 15)))} + … × ${power(exponent)}` };
}

/** The powers of ten among some values, so many at most; null for all others. */
export function powers(values: number[], most: number): (number | null)[] {
  const exponents = values.map(v => (v > 0 && Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9 ? Math.round(Math.log10(v)) : null));
  const known = exponents.filter((e): e is number => e !== null);
  const stride = Math.max(1, Math.ceil(known.length / most));
  return values.map((v, i) => (exponents[i] !== null && exponents[i] % stride === 0 ? v : null));
}
