import type { Coloring, Network } from '../api/types';

const examples: Record<string, string> = {
  moons: 'Two half moons in the plane, told apart by two layers of sixteen.',
  circles: 'A circle inside a ring: a round border made of straight pieces.',
  spirals: 'Three spiral arms and three layers of thirty-two; the most folded of the four.',
  digits: 'Handwritten digits of 8 × 8 pixels, read by a small convolutional network.',
};

/** What a card says about a network. */
export function sentence(network: Network): string {
  if (network.description) return network.description;
  if (network.source === 'example' && examples[network.name]) return examples[network.name];
  if (!network.isPiecewise) return `Has the smooth part ${network.firstSmooth ?? 'unknown'}, so it has no exact regions.`;
  return network.source === 'run' ? 'The last checkpoint of a run of yours.' : 'A network of yours.';
}

export const colorings: { key: Coloring; label: string; means: string }[] = [
  { key: 'slope', label: 'Slope norm', means: 'How steep the affine map is: the Frobenius norm of its slopes.' },
  { key: 'class', label: 'Class', means: 'The class at the center of the region; the boundary may run through it.' },
  { key: 'area', label: 'Area', means: 'Area of the region, in slice units.' },
  { key: 'depth', label: 'Depth', means: 'The last layer that folds along an edge of the region.' },
  { key: 'random', label: 'Random', means: 'Regions with the same activation code have the same color.' },
];
