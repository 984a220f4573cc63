/** The same colors as the figures of the command line, 0xRRGGBB. */

const viridis = [
  0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e, 0x1f988b, 0x22a884, 0x35b779, 0x54c568, 0x7ad151,
  0xa5db36, 0xd2e21b, 0xfde725,
];
const okabeIto = [0x56b4e9, 0xe69f00, 0x009e73, 0xcc79a7, 0xf0e442, 0x0072b2, 0xd55e00, 0x999999];
const inks = [0x16181d, 0x7e0f30, 0x0d1a4f, 0x4a2c00, 0x053b30, 0x3a0b60];
const strokes = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9];

export function mix(from: number, to: number, share: number): number {
  let mixed = 0;
  for (let shift = 16; shift >= 0; shift -= 8) {
    const a = (from >> shift) & 255;
    const b = (to >> shift) & 255;
    mixed |= Math.round(a + share * (b - a)) << shift;
  }
  return mixed;
}

export const hex = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;

/** Viridis without its darkest quarter, so that dark creases show on every color; dark to light. */
export function sequential(share: number): number {
  const at = (0.25 + 0.75 * Math.min(1, Math.max(0, share))) * (viridis.length - 1);
  const below = Math.min(Math.floor(at), viridis.length - 2);
  return mix(viridis[below], viridis[below + 1], at - below);
}

export const sequentialTable = (): number[] => Array.from({ length: 256 }, (_, i) => sequential(i / 255));

export const discrete = (count: number): number[] => Array.from({ length: count }, (_, i) => sequential(count === 1 ? 1 : i / (count - 1)));

/** Eight colors that color-blind readers can tell apart; further classes are their tints and shades, then repeat. */
export function classColor(index: number): number {
  // A touch of white: large areas in full saturation drown the lines on them.
  const color = mix(okabeIto[index % okabeIto.length], 0xffffff, 0.2);
  const round = Math.floor(index / okabeIto.length) % 3;
  return round === 1 ? mix(color, 0xffffff, 0.5) : round === 2 ? mix(color, 0, 0.35) : color;
}

/** Dark inks of different hue, one per layer. */
export const ink = (layer: number): number => inks[layer % inks.length];

/** Thin lines that can be told apart on paper; on a dark page they are lightened. */
export function stroke(index: number, dark: boolean): number {
  const color = strokes[index % strokes.length];
  const round = Math.floor(index / strokes.length) % 3;
  const shade = round === 1 ? mix(color, 0, 0.35) : round === 2 ? mix(color, 0xffffff, 0.45) : color;
  return dark ? mix(shade, 0xffffff, 0.3) : shade;
}

/** A class as a thin line: its own hue, darker on paper. */
export const classStroke = (index: number, dark: boolean): number => (dark ? classColor(index) : mix(classColor(index), 0, 0.28));

/** Sixteen hues at four nearby lightnesses in OKLCH, so that none stands out. */
export const muted = (): number[] =>
  Array.from({ length: 64 }, (_, i) => oklch(0.72 + 0.05 * Math.floor(i / 16), 0.075, (2 * Math.PI * ((i % 16) + Math.floor(i / 16) * 0.25)) / 16));

function oklch(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return (
    (channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16) |
    (channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8) |
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  );
}

function channel(linear: number): number {
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, encoded)));
}
