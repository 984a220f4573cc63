import { api } from '../api/client';
import type { Kept } from '../parts/Download.svelte';
import type { Explorer } from '../state/explorer.svelte';
import { blank } from '../state/hash';
import { keep } from './save';
import { within } from './view';

/** What is seen, as a request names it: the part of the slice, or null for all of it. */
function seen(explorer: Explorer) {
  const { viewport } = explorer.keeps(blank('view'));
  return viewport && explorer.info ? within(viewport, explorer.info.extent) : null;
}

// Colors mean in the figure what they mean on the screen.
function range({ choices: { color }, scales }: Explorer): [number, number] | null {
  if (!scales || (color !== 'slope' && color !== 'area')) return null;
  const { low, high } = scales[color];
  return low < high ? [low, high] : null;
}

/** Figures and tables of what is seen, made by the server. */
export function figuresOf(explorer: Explorer, picture: () => void): Kept[] {
  const make = (format: Parameters<typeof api.figure>[0]['format']) => async (signal: AbortSignal) => {
    const { network, slice, choices: { color, boundary, most } } = explorer;
    const made = await api.figure({ network: network!.id, slice, viewport: seen(explorer), color, boundary, maxRegions: most, format, range: range(explorer) }, signal);
    keep(made.content, made.name);
  };
  return [
    { label: 'SVG', says: 'figure, to edit and to print', from: make('svg') },
    { label: 'PNG', says: 'figure, 1600 pixels wide', from: make('png') },
    { label: 'PDF', says: 'figure on a page', from: make('pdf') },
    { label: 'HTML', says: 'page to explore without Crease', from: make('html') },
    { label: 'CSV', says: 'regions with their corners', from: make('csv') },
    { label: 'Parquet', says: 'the same, typed and packed', from: make('parquet') },
    { label: 'Screen', says: 'the picture as it stands, PNG', from: async () => picture() },
  ];
}

/** The movie of what is seen through the checkpoints of a run. */
export function moviesOf(run: string, explorer: Explorer): Kept[] {
  const make = (format: 'gif' | 'html') => async (signal: AbortSignal) => {
    const made = await api.movie(run, { format, slice: explorer.slice, viewport: seen(explorer), color: explorer.choices.color }, signal);
    keep(made.content, made.name);
  };
  return [
    { label: 'HTML', says: 'page with a slider', from: make('html') },
    { label: 'GIF', says: 'for slides and messages', from: make('gif') },
  ];
}

/** A chart of one run or of several: the figure, and the numbers in it. */
export function chartOf(file: (name: string) => string, chart: string): Kept[] {
  const table = chart === 'loss' || chart === 'accuracy' ? 'metrics.csv' : 'dynamics.csv';
  return [
    { label: 'SVG', says: 'figure, to edit and to print', from: file(`figures/${chart}.svg`) },
    { label: 'PNG', says: 'figure, 1600 pixels wide', from: file(`figures/${chart}.png`) },
    { label: 'PDF', says: 'figure on a page', from: file(`figures/${chart}.pdf`) },
    { label: 'CSV', says: table === 'metrics.csv' ? 'a line per logged step' : 'a line per checkpoint', from: file(table) },
  ];
}
