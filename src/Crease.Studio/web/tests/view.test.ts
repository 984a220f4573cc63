import { describe, expect, it } from 'vitest';
import { fit, fromX, fromY, isSame, pan, resize, sees, show, toX, toY, viewportOf, within, zoomAbout, type Extent } from '../src/view/view';

const extent: Extent = [-1.93, 2.79, -1.26, 1.76];
const whole = fit(extent, 931, 764);

describe('views', () => {
  it('come back after ten zooms in and ten out about any pixel', () => {
    for (const [px, py] of [[0, 0], [465.5, 382], [930, 763], [17.25, 700.5]]) {
      let view = whole;
      for (let i = 0; i < 10; i++) view = zoomAbout(view, px, py, 1.4, extent);
      expect(view.scale / whole.scale).toBeCloseTo(1.4 ** 10, 9);
      for (let i = 0; i < 10; i++) view = zoomAbout(view, px, py, 1 / 1.4, extent);
      expect(Math.abs(view.x - whole.x)).toBeLessThan(1e-12);
      expect(Math.abs(view.y - whole.y)).toBeLessThan(1e-12);
      expect(Math.abs(view.scale / whole.scale - 1)).toBeLessThan(1e-12);
    }
  });
  it('keep the point under the pointer, down to a view of 1e-9', () => {
    let view = whole;
    const s = fromX(view, 200);
    const t = fromY(view, 600);
    for (let i = 0; i < 61; i++) view = zoomAbout(view, 200, 600, 1.42, extent);
    expect(view.width / view.scale).toBeLessThan(3e-9);
    expect(Math.abs(toX(view, s) - 200)).toBeLessThan(0.5);
    expect(Math.abs(toY(view, t) - 600)).toBeLessThan(0.5);
  });
  it('stop at a limit where the picture is all inside or all digits', () => {
    expect(zoomAbout(whole, 0, 0, 1e-9, extent).scale).toBeCloseTo(0.4 * whole.scale, 6);
    expect(zoomAbout(whole, 0, 0, 1e30, extent).scale / whole.scale).toBeCloseTo(2e9, 0);
  });
  it('pan by pixels and never leave the slice', () => {
    const moved = pan(whole, 30, -20, extent);
    expect(toX(moved, whole.x) - toX(whole, whole.x)).toBeCloseTo(30, 9);
    expect(toY(moved, whole.y) - toY(whole, whole.y)).toBeCloseTo(-20, 9);
    expect(pan(whole, 1e9, 0, extent).x).toBe(extent[0]);
  });
  it('stay whole when the plot changes its size', () => {
    expect(resize(whole, 400, 900, extent)).toEqual(fit(extent, 400, 900));
  });
  it('are the same after their viewport', () => {
    const view = zoomAbout(whole, 100, 100, 12345, extent);
    const again = show(viewportOf(view), view.width, view.height);
    expect(Math.abs(again.scale / view.scale - 1)).toBeLessThan(1e-15);
    expect([again.x, again.y]).toEqual([view.x, view.y]);
  });
  it('are told apart by their place and their zoom', () => {
    expect(isSame(resize(whole, 931, 764, extent), whole)).toBe(true);
    expect(isSame(pan(whole, 60, 0, extent), whole)).toBe(false);
    expect(isSame(zoomAbout(whole, whole.width / 2, whole.height / 2, 1.4, extent), whole)).toBe(false);
  });
  it('are cut to the slice', () => {
    const seen = within({ x: -1.93, y: 0, width: 1, height: 1 }, extent)!;
    expect(seen.width).toBeCloseTo(0.5, 12);
    expect(seen.x).toBeCloseTo(-1.68, 12);
    expect(within({ x: 10, y: 0, width: 1, height: 1 }, extent)).toBeNull();
    expect(sees({ x: 0, y: 0, width: 2, height: 2 }, { x: 0.5, y: 0.5, width: 1, height: 1 })).toBe(true);
    expect(sees({ x: 0, y: 0, width: 2, height: 2 }, { x: 0.6, y: 0.5, width: 1, height: 1 })).toBe(false);
  });
});
