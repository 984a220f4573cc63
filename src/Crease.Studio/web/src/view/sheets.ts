import type { View } from './view';

/** Sizes of a picture that is larger than what is seen, in pixels of the card. */
export interface Room {
  width: number;
  height: number;
  /** Beyond the seen part, on the left and on the right; below and above. */
  across: number;
  up: number;
  /** Samples per pixel; 0 for one without more. */
  samples: number;
}

// A quarter more on each side; together with its samples a picture takes at most 160 MB, unless the seen part alone takes more.
const share = 0.25;
const mostPixels = 10_000_000;

/** The room for pictures of a drawing surface. */
export function roomFor(width: number, height: number, mostSamples: number, mostSide: number): Room {
  const grown = Math.min(share, Math.max(0, (Math.sqrt(mostPixels / (width * height)) - 1) / 2));
  const across = Math.max(0, Math.min(Math.floor(grown * width), Math.floor((mostSide - width) / 2)));
  const up = Math.max(0, Math.min(Math.floor(grown * height), Math.floor((mostSide - height) / 2)));
  const whole = { width: width + 2 * across, height: height + 2 * up, across, up };
  const samples = Math.min(mostSamples, 4, Math.floor((4 * mostPixels) / (whole.width * whole.height)));
  return { ...whole, samples: samples < 2 ? 0 : samples };
}

/** The view of a picture that has room around what is seen. */
export const widened = (view: View, { width, height, across, up }: Room): View =>
  ({ ...view, width: (view.width * width) / (width - 2 * across), height: (view.height * height) / (height - 2 * up) });

/** Where a picture belongs in a view, in clip coordinates: the middle, and half of its sides. */
export const placeIn = (view: View, picture: View): { shift: [number, number]; size: [number, number] } => ({
  shift: [((picture.x - view.x) * view.scale * 2) / view.width, ((picture.y - view.y) * view.scale * 2) / view.height],
  size: [(picture.width * view.scale) / (picture.scale * view.width), (picture.height * view.scale) / (picture.scale * view.height)],
});

/** By how many pixels a view lies right of and above a picture of the same zoom with room around it; null where that is no whole number, or the picture ends before. */
export function pixelsFrom(picture: View, view: View, { width, height, across, up }: Room): [number, number] | null {
  if (Math.abs(picture.scale / view.scale - 1) > 1e-12) return null;
  const right = ((view.x - picture.x) * view.scale * (width - 2 * across)) / view.width;
  const above = ((view.y - picture.y) * view.scale * (height - 2 * up)) / view.height;
  const [i, j] = [Math.round(right), Math.round(above)];
  const isWhole = Math.abs(right - i) < 0.01 && Math.abs(above - j) < 0.01;
  return isWhole && Math.abs(i) <= across && Math.abs(j) <= up ? [i, j] : null;
}

/** Whether a picture reaches over all of a view and at least such a share of its sides beyond. */
export function reaches(picture: View, view: View, beyond = 0): boolean {
  const { shift, size } = placeIn(view, picture);
  return [0, 1].every(side => size[side] - Math.abs(shift[side]) >= 1 + 2 * beyond - 1e-9);
}

/** Share of a view that a picture covers. */
export function covers(picture: View, view: View): number {
  const { shift, size } = placeIn(view, picture);
  const along = (side: number) => Math.max(0, Math.min(1, shift[side] + size[side]) - Math.max(-1, shift[side] - size[side])) / 2;
  return along(0) * along(1);
}

// While a view moves, a picture of nearly its zoom will do that reaches a little further.
const nearly = 1.03;
const edge = 0.06;

/** Whether a moving view wants another picture than this one. */
export const wants = (picture: View, view: View): boolean => Math.abs(Math.log(view.scale / picture.scale)) > Math.log(nearly) || !reaches(picture, view, edge);

/** Whether a picture that is on its way to being drawn is still of use to a moving view. */
export const serves = (picture: View, view: View): boolean => Math.abs(Math.log2(view.scale / picture.scale)) < 1 && covers(picture, view) > 0.5;

/** Whether a finished picture is the better one to lie under all others: it shows more than the one that does, or what that one does not. */
export const underlies = (picture: View, under: View | null): boolean => under === null || picture.scale <= 1.02 * under.scale || covers(under, picture) < 0.5;
