import type { Coloring } from '../api/types';
import type { Scale } from '../color/scales';
import type { Scene } from '../view/scene';
import type { Address } from './hash';

const mostRegions = 200_000;

/** What a person chose to see of a partition: colors, lines, points, and how much is cut. */
export class Choices {
  color = $state<Coloring>('slope');
  hidden = $state.raw<number[]>([]);
  boundary = $state(true);
  points = $state(false);
  /** Whether the color scale is that of what is seen, not that of the whole. */
  fitScale = $state(false);
  most = $state(mostRegions);
  /** The scale of an address, for its coloring, until the whole is cut. */
  private remembered = $state.raw<{ color: Coloring; scale: Scale } | null>(null);

  constructor(address: Address) {
    if (address.color) this.color = address.color;
    this.hidden = address.hidden;
    this.boundary = address.boundary;
    this.points = address.points;
    this.fitScale = address.scale === 'view';
    this.most = address.most ?? this.most;
    if (!address.range) return;
    const [low, high, log] = address.range;
    this.remembered = { color: this.color, scale: { low, high, log: log === 1, below: true, above: true } };
  }

  /** The scales that colors are taken from. */
  scales(whole: Scene | null, detail: Scene | null): Scene['scales'] | null {
    const scales = (this.fitScale ? (detail ?? whole) : (whole ?? detail))?.scales ?? null;
    const { remembered } = this;
    return scales && !this.fitScale && !whole && remembered?.color === this.color ? { ...scales, [remembered.color]: remembered.scale } : scales;
  }

  /** Another slice has values of its own. */
  forget(): void {
    this.remembered = null;
  }

  /** What the address keeps: the colors of the whole too while a part is shown in them. */
  keeps(part: Scene['scales'] | null): Pick<Address, 'color' | 'hidden' | 'boundary' | 'points' | 'range' | 'scale' | 'most'> {
    const { color, hidden, boundary, points } = this;
    const scale = part && !this.fitScale && (color === 'slope' || color === 'area') ? part[color] : null;
    return {
      color: color === 'slope' ? null : color, hidden, boundary, points,
      range: scale ? [scale.low, scale.high, scale.log ? 1 : 0] : null,
      scale: this.fitScale ? 'view' : 'whole', most: this.most === mostRegions ? null : this.most,
    };
  }
}
