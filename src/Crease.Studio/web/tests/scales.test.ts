import { describe, expect, it } from 'vitest';
import { classColor, discrete, hex, mix, muted, sequential } from '../src/color/palettes';
import { legendTicks, position, scaleOf } from '../src/color/scales';
import { digitsOf, number, power, short } from '../src/view/numbers';
import { powers, ticks } from '../src/view/ticks';

const luminance = (color: number) => 0.2126 * (color >> 16) + 0.7152 * ((color >> 8) & 255) + 0.0722 * (color & 255);

describe('palettes', () => {
  it('grow lighter along the scale', () => {
    for (let i = 1; i <= 64; i++) expect(luminance(sequential(i / 64))).toBeGreaterThan(luminance(sequential((i - 1) / 64)));
  });
  it('are those of the figures', () => {
    expect(hex(sequential(1))).toBe('#fde725');
    expect(hex(classColor(0))).toBe(hex(mix(0x56b4e9, 0xffffff, 0.2)));
    expect(new Set(Array.from({ length: 24 }, (_, i) => classColor(i))).size).toBe(24);
    expect(new Set(muted()).size).toBe(64);
    expect(discrete(1)).toEqual([sequential(1)]);
  });
});

describe('scales', () => {
  it('go from 0 to 1, and hold what lies outside at the ends', () => {
    const scale = { low: 1, high: 100, log: true, below: false, above: false };
    expect(position(scale, 10)).toBeCloseTo(0.5, 12);
    expect([position(scale, 0), position(scale, 1000)]).toEqual([0, 1]);
    expect(position({ ...scale, log: false }, 50.5)).toBeCloseTo(0.5, 12);
    expect(position({ ...scale, high: 1 }, 7)).toBe(0.5);
  });
  it('are not stretched by a few extreme values', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1e6 : 1 + (i % 10)));
    const scale = scaleOf(values);
    expect([scale.high, scale.above, scale.log]).toEqual([10, true, false]);
  });
  it('are logarithmic over wide ranges, with positive ends', () => {
    const scale = scaleOf(Float32Array.from({ length: 500 }, (_, i) => (i === 0 ? 0 : 10 ** (-6 + i / 100))));
    expect(scale.log).toBe(true);
    expect(scale.low).toBeGreaterThan(0);
    for (const tick of legendTicks(scale)) expect(Number.isInteger(Math.round(1e9 * Math.log10(tick.value)) / 1e9)).toBe(true);
  });
  it('name two to nine values, all on the scale', () => {
    for (const [low, high, log] of [[0.31, 97, false], [1e-7, 3, true], [5, 6.1, false], [0.002, 0.07, true]] as const) {
      const found = legendTicks({ low, high, log, below: false, above: false });
      expect(found.length).toBeGreaterThanOrEqual(2);
      expect(found.length).toBeLessThanOrEqual(9);
      for (const tick of found) expect(tick.at >= -1e-9 && tick.at <= 1 + 1e-9).toBe(true);
    }
    expect(scaleOf([]).low).toBe(0);
  });
});

describe('ticks', () => {
  it('are round, inside, and about as many as wanted', () => {
    for (const [low, high] of [[-1.9, 2.8], [0, 1], [-0.0003, 0.00041], [1e4, 9e5], [0.8370193, 0.8370193 + 1e-9]]) {
      const { found } = ticks(low, high, 8);
      expect(found.length).toBeGreaterThanOrEqual(3);
      expect(found.length).toBeLessThanOrEqual(17);
      const step = found[1].value - found[0].value;
      for (const { value } of found) expect(value >= low - 1e-6 * step && value <= high + 1e-6 * step).toBe(true);
      expect(new Set(found.map(t => t.label)).size).toBe(found.length);
    }
  });
  it('on a logarithmic axis are powers of ten, no more than there is room for', () => {
    const values = Array.from({ length: 28 }, (_, i) => (1 + (i % 9)) * 10 ** (Math.floor(i / 9) - 2));
    expect(powers(values, 9).filter(v => v !== null)).toEqual([0.01, 0.1, 1, 10]);
    expect(powers(values, 2).filter(v => v !== null)).toEqual([0.01, 1]);
    expect(powers([0, -1, 3], 4)).toEqual([null, null, null]);
  });
  it('say deep in what the labels leave out', () => {
    const { found, note } = ticks(0.8370193386 - 1e-9, 0.8370193386 + 1e-9, 8);
    expect(note).toMatch(/^ = 0\.83701933/);
    expect(found.some(t => t.label === '0')).toBe(true);
  });
});

describe('numbers', () => {
  it('are short and have their signs', () => {
    expect([number(0), number(-0.25), number(2.182e-4), number(1e-9), number(1234567), number(null)]).toEqual(['0', '−0.25', '2.182 × 10⁻⁴', '10⁻⁹', '1.235 × 10⁶', '–']);
    expect([digitsOf([0, 50, 100]), digitsOf([573.8, 574.2, 574.6]), digitsOf([0.1, 0.2]), digitsOf([5]), digitsOf([])]).toEqual([3, 4, 3, 3, 3]);
    expect([power(-12), short(1_200_000)]).toEqual(['10⁻¹²', '1.2\u202fM']);
  });
});
