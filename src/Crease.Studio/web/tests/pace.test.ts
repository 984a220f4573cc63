import { describe, expect, it } from 'vitest';
import { Allowance } from '../src/view/allowance';
import { Motion } from '../src/view/motion';
import { Portion } from '../src/view/portion';
import { covers, pixelsFrom, placeIn, reaches, roomFor, serves, underlies, wants, widened } from '../src/view/sheets';
import { patienceFor } from '../src/view/settling';
import { fit, pan, zoomAbout, type Extent } from '../src/view/view';

const extent: Extent = [-2, 2, -1.5, 1.5];
const whole = fit(extent, 847, 679);
const view = zoomAbout(whole, 400, 300, 20, extent);
const room = roomFor(847, 679, 4, 8192);

describe('pictures with room around', () => {
  it('are half as large again in each direction, of whole pixels on each side', () => {
    expect(room).toEqual({ width: 847 + 2 * 211, height: 679 + 2 * 169, across: 211, up: 169, samples: 4 });
    const wide = widened(view, room);
    expect(wide.width / view.width).toBeCloseTo(room.width / 847, 12);
    expect(placeIn(view, wide).size[0]).toBeCloseTo(room.width / 847, 12);
  });
  it('take bounded memory, whatever the screen', () => {
    for (const [width, height] of [[300, 500], [1900, 1000], [3800, 2000], [7600, 4000], [11400, 6000]]) {
      const { across, up, samples, ...size } = roomFor(width, height, 8, 16384);
      expect(across).toBeGreaterThanOrEqual(0);
      expect(up).toBeGreaterThanOrEqual(0);
      expect(size.width * size.height).toBeLessThanOrEqual(Math.max(width * height, 10_000_000));
      if (samples > 0) expect(size.width * size.height * samples).toBeLessThanOrEqual(40_000_000);
      expect([0, 2, 3, 4]).toContain(samples);
    }
    expect(roomFor(8000, 500, 4, 8192).width).toBeLessThanOrEqual(8192);
  });
  it('follow a pan by whole pixels without a new one, until their edge is near', () => {
    const wide = widened(view, room);
    const moved = pan(view, 37, -12, extent);
    expect(pixelsFrom(wide, moved, room)).toEqual([-37, -12]);
    expect(pixelsFrom(wide, pan(view, 0.5, 0, extent), room)).toBeNull();
    expect(pixelsFrom(wide, pan(view, 212, 0, extent), room)).toBeNull();
    expect(pixelsFrom(wide, zoomAbout(view, 9, 9, 1.01, extent), room)).toBeNull();
    expect(reaches(wide, moved)).toBe(true);
    expect(wants(wide, moved)).toBe(false);
    expect(wants(wide, pan(view, 190, 0, extent))).toBe(true);
    expect(wants(wide, zoomAbout(view, 300, 300, 1.1, extent))).toBe(true);
    expect(reaches(wide, pan(view, 250, 0, extent))).toBe(false);
  });
  it('are given up when the view has left them', () => {
    const wide = widened(view, room);
    expect(serves(wide, pan(view, 300, 0, extent))).toBe(true);
    expect(serves(wide, pan(view, 2000, 0, extent))).toBe(false);
    expect(serves(wide, zoomAbout(view, 400, 300, 2.5, extent))).toBe(false);
    expect(covers(wide, view)).toBe(1);
    expect(covers(view, pan(view, 847 / 2, 0, extent))).toBeCloseTo(0.5, 9);
  });
  it('lie under the others when they show more', () => {
    expect(underlies(view, null)).toBe(true);
    expect(underlies(whole, view)).toBe(true);
    expect(underlies(view, whole)).toBe(false);
    expect(underlies(pan(view, 700, 0, extent), view)).toBe(true);
  });
});

describe('what a moving view will need', () => {
  it('goes on as it did, and stays where a picture of it still shows the newest view', () => {
    const motion = new Motion();
    expect(motion.ahead(100)).toBeNull();
    for (let i = 0; i < 5; i++) motion.note(pan(view, 3 * i, 0, extent), 16 * i);
    const ahead = motion.ahead(64)!;
    expect(ahead.x).toBeCloseTo(pan(view, 24, 0, extent).x, 12);
    const fast = new Motion();
    for (let i = 0; i < 5; i++) fast.note(pan(zoomAbout(view, 400, 300, 1.3 ** i, extent), 80 * i, 0, extent), 16 * i);
    const last = pan(zoomAbout(view, 400, 300, 1.3 ** 4, extent), 320, 0, extent);
    expect(reaches(widened(fast.ahead(1000)!, room), last)).toBe(true);
  });
});

describe('work beside pictures', () => {
  it('gives way when pictures are late, and comes back', () => {
    const allowance = new Allowance();
    let now = 0;
    const run = (gap: number, count: number) => {
      let given = 0;
      for (let i = 0; i < count; i++) {
        allowance.pictured((now += gap));
        given += allowance.now;
        allowance.spend(allowance.now);
      }
      return given / count;
    };
    const smooth = run(16.7, 100);
    expect(smooth).toBeGreaterThan(3);
    expect(smooth).toBeLessThanOrEqual(4);
    expect(run(33, 100)).toBeLessThan(0.8);
    expect(run(33, 100)).toBeGreaterThan(0);
    run(16.7, 60);
    expect(run(16.7, 50)).toBeGreaterThan(3);
    allowance.spend(20);
    allowance.pictured((now += 16.7));
    expect(allowance.now).toBe(0);
  });
  it('learns how much fits, and one slow time does not mislead it', () => {
    const portion = new Portion(2000, 2000);
    expect(portion.cost(1000)).toBeNull();
    portion.learn(10_000, 10);
    expect(portion.cost(5000)).toBeCloseTo(5, 9);
    for (let i = 0; i < 20; i++) portion.learn(80_000, 4);
    expect(portion.within(4)).toBeGreaterThan(70_000);
    portion.learn(80_000, 4000);
    expect(portion.within(4)).toBeGreaterThan(35_000);
    for (let i = 0; i < 50; i++) portion.learn(4000, 4000);
    expect(portion.within(4)).toBe(2000);
  });
  it('asks for cuts of a moving view no faster than they come', () => {
    expect(patienceFor(0.05)).toBe(350);
    expect(patienceFor(1.7)).toBe(3400);
  });
});
