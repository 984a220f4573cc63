/** A continuous color scale; values outside have the color of the nearer end. */
export interface Scale {
  low: number;
  high: number;
  log: boolean;
  /** Whether values lie below low, above high. */
  below: boolean;
  above: boolean;
}

/** Where a value lies on the scale, in [0, 1]; one half where the scale is a point. */
export function position(scale: Scale, value: number): number {
  if (!(scale.high > scale.low)) return 0.5;
  if (!(value > scale.low)) return 0;
  const share = scale.log ? Math.log(value / scale.low) / Math.log(scale.high / scale.low) : (value - scale.low) / (scale.high - scale.low);
  return Math.min(1, share);
}

const mostSampled = 40_000;
const logFrom = 10 ** 1.5;

/** From the first to the ninety-ninth percentile, so that a few extreme regions do not take the scale; logarithmic over wide ranges. */
export function scaleOf(values: ArrayLike<number>): Scale {
  const step = Math.max(1, Math.floor(values.length / mostSampled));
  const sample: number[] = [];
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (i % step === 0) sample.push(value);
  }
  if (sample.length === 0) return { low: 0, high: 0, log: false, below: false, above: false };
  sample.sort((a, b) => a - b);
  const at = (share: number) => sample[Math.round(share * (sample.length - 1))];
  const few = sample.length < 200;
  let low = few ? least : at(0.01);
  const high = few ? most : at(0.99);
  const positive = sample.find(v => v > 0) ?? 0;
  const log = positive > 0 && low >= 0 && high / Math.max(low, positive) > logFrom;
  if (log) low = Math.max(low, positive, high * 1e-9);
  return { low, high, log, below: least < low, above: most > high };
}

/** The values that a legend names: round ones inside, at most about four. */
export function legendTicks(scale: Scale): { at: number; value: number }[] {
  if (!(scale.high > scale.low)) return [{ at: 0.5, value: scale.low }];
  const values: number[] = [];
  if (scale.log) {
    const from = Math.ceil(Math.log10(scale.low) - 1e-9);
    const to = Math.floor(Math.log10(scale.high) + 1e-9);
    const stride = Math.max(1, Math.ceil((to - from + 1) / 4));
    for (let e = from; e <= to; e += stride) values.push(10 ** e);
  }
  if (scale.log && values.length < 3) {
    values.length = 0;
    for (let e = Math.floor(Math.log10(scale.low)); e <= Math.log10(scale.high); e++)
      for (const factor of [1, 2, 5]) if (factor * 10 ** e >= scale.low && factor * 10 ** e <= scale.high) values.push(Number(`${factor}e${e}`));
  }
  if (!scale.log) {
    const raw = (scale.high - scale.low) / 5;
    const unit = 10 ** Math.floor(Math.log10(raw));
    const step = unit * ([1, 2, 5, 10].find(f => f * unit >= raw) ?? 10);
    // Products such as 3 * 0.1 would show their last digits.
    for (let k = Math.ceil(scale.low / step - 1e-9); k * step <= scale.high + 1e-9 * step; k++) values.push(Number((k * step).toPrecision(12)));
  }
  return values.map(value => ({ at: position(scale, value), value }));
}
