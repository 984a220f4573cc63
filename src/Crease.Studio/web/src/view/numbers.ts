const powers = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export const minus = (text: string): string => text.replace(/-/g, '−');

export const power = (exponent: number): string => `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map(d => powers[Number(d)]).join('')}`;

/** Up to `digits` significant digits, with a power of ten where zeros would crowd. */
export function number(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) return minus(String(Number(value.toPrecision(digits))));
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const short = minus(String(Number(mantissa)));
  return short === '1' ? power(Number(exponent)) : `${short} × ${power(Number(exponent))}`;
}

/** How many significant digits round values need to be shown as they are, at least three. */
export function digitsOf(values: number[]): number {
  const span = Math.max(...values) - Math.min(...values);
  let digits = 3;
  while (digits < 12 && values.some(value => Math.abs(Number(value.toPrecision(digits)) - value) > 1e-6 * span)) digits++;
  return digits;
}

export const count = (value: number): string => value.toLocaleString('en-US').replace(/,/g, '\u202f');

export function short(value: number): string {
  if (value < 10_000) return count(value);
  const [unit, size] = value >= 1e9 ? ['G', 1e9] : value >= 1e6 ? ['M', 1e6] : ['k', 1e3] as [string, number];
  return `${Number((value / (size as number)).toPrecision(3))}\u202f${unit}`;
}

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : `${Number((100 * share).toPrecision(3))}%`;

export const bytes = (size: number): string => (size >= 1 << 20 ? `${Math.round(size / (1 << 20))} MB` : `${Math.round(size / 1024)} kB`);

export const seconds = (value: number): string => (value < 0.0995 ? `${number(value * 1000, 2)} ms` : `${number(value, 2)} s`);
