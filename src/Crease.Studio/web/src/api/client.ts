import { decodePartition, type Partition } from './partition';
import type {
  About, Coloring, DataRow, DataSet, Dynamics, Metrics, Network, NetworkDetail, OptionField, RegionDetail, Run, Segment, Slice, SliceInfo, TrainingOptions, Viewport,
} from './types';

/** A request that the server refused; the message is its one line. */
export class Refusal extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

export const isAbort = (fault: unknown): boolean => fault instanceof DOMException && fault.name === 'AbortError';

export const lineOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (fault) {
    if (isAbort(fault)) throw fault;
    throw new Refusal('The server does not answer. Start it again with: crease studio', 0);
  }
  if (response.ok) return response;
  if (response.status === 401) throw new Refusal('This page is not signed in. Open the address that crease studio printed.', 401);
  let line = `${path}: the server answered ${response.status} ${response.statusText}`.trim();
  try {
    const body = (await response.json()) as { error?: string };
    if (body.error) line = body.error;
  } catch {
    // The body was no JSON: the status line above says what is known.
  }
  throw new Refusal(line, response.status);
}

const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await ask(path, { signal: signal ?? null })).json() as Promise<T>;

const postJson = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: signal ?? null });

const post = async <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> => (await postJson(path, body, signal)).json() as Promise<T>;

const upload = async <T>(path: string, file: File): Promise<T> =>
  (await ask(`${path}?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file })).json() as Promise<T>;

const part = encodeURIComponent;

export interface PartitionRequest {
  network: string;
  slice: Slice;
  viewport: Viewport | null;
  color: Coloring;
  boundary: boolean;
  maxRegions: number;
  layers: number | null;
  /** Seconds after which the first layer will do. */
  patience?: number | undefined;
}

/** What a form for a run starts from, and the words that it may use. */
export interface FormOptions {
  defaults: TrainingOptions;
  data: string[];
  nets: string[];
  cadences: string[];
  words: Record<string, string[]>;
  fields: OptionField[];
  canTrain: boolean;
}

export type FigureFormat = 'svg' | 'png' | 'pdf' | 'html' | 'csv' | 'parquet';

/** A file that the server made. */
export interface Made {
  name: string;
  content: Blob;
}

async function make(path: string, body: unknown, signal?: AbortSignal): Promise<Made> {
  const response = await postJson(path, body, signal);
  return { name: fileName(response.headers.get('content-disposition')) ?? 'crease', content: await response.blob() };
}

/** The name that a header of an attachment gives. */
export function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null);
}

export const api = {
  about: () => get<About>('/api/about'),
  networks: () => get<Network[]>('/api/networks'),
  network: (id: string, signal?: AbortSignal) => get<NetworkDetail>(`/api/networks/${part(id)}`, signal),
  uploadNetwork: (file: File) => upload<Network>('/api/networks', file),
  removeNetwork: (id: string) => ask(`/api/networks/${part(id)}`, { method: 'DELETE' }),
  data: () => get<DataSet[]>('/api/data'),
  uploadData: (file: File) => upload<DataSet>('/api/data', file),
  rows: (id: string, from: number, count: number, signal?: AbortSignal) =>
    get<{ rows: DataRow[] }>(`/api/data/${part(id)}/rows?from=${from}&count=${count}`, signal),
  imageOf: (id: string, row: number, scale = 2) => `/api/data/${part(id)}/images/${row}.png?scale=${scale}`,
  slice: (network: string, slice: Slice, signal?: AbortSignal) => post<SliceInfo>('/api/slices', { network, slice }, signal),
  partition: async (request: PartitionRequest, signal?: AbortSignal): Promise<Partition> =>
    decodePartition(await (await postJson('/api/partitions', request, signal)).arrayBuffer()),
  region: (network: string, slice: Slice, at: [number, number], signal?: AbortSignal) =>
    post<RegionDetail>('/api/regions', { network, slice, at }, signal),
  values: async (network: string, slice: Slice, at: [number, number], signal?: AbortSignal) => (await post<{ values: (number | null)[] }>('/api/values', { network, slice, at }, signal)).values,
  segment: (network: string, slice: Slice, from: [number, number], to: [number, number], signal?: AbortSignal) =>
    post<Segment>('/api/segments', { network, slice, from, to }, signal),
  runs: (signal?: AbortSignal) => get<Run[]>('/api/runs', signal),
  run: (id: string) => get<Run>(`/api/runs/${part(id)}`),
  startRun: (name: string, options: unknown) => post<Run>('/api/runs', { name, options }),
  pauseRun: (id: string) => ask(`/api/runs/${part(id)}/pause`, { method: 'POST' }),
  resumeRun: (id: string, steps?: number) => ask(`/api/runs/${part(id)}/resume${steps ? `?steps=${steps}` : ''}`, { method: 'POST' }),
  removeRun: (id: string) => ask(`/api/runs/${part(id)}`, { method: 'DELETE' }),
  metrics: (id: string, signal?: AbortSignal) => get<Metrics[]>(`/api/runs/${part(id)}/metrics`, signal),
  runOptions: (id: string, signal?: AbortSignal) => get<TrainingOptions>(`/api/runs/${part(id)}/options`, signal),
  /** Address of what a run leaves to keep: `metrics.csv`, `dynamics.csv`, `figures/loss.svg`, `report`. */
  fileOf: (id: string, file: string) => `/api/runs/${part(id)}/${file}`,
  fileOfRuns: (ids: string[], file: string, epsilon?: number | null) =>
    `/api/comparison/${file}?${ids.map(id => `run=${part(id)}`).join('&')}${epsilon ? `&epsilon=${epsilon}` : ''}`,
  movie: (id: string, request: { format: 'gif' | 'html'; slice: Slice; viewport: Viewport | null; color: Coloring }, signal?: AbortSignal) =>
    make(`/api/runs/${part(id)}/movie`, request, signal),
  figure: (request: Omit<PartitionRequest, 'layers'> & { format: FigureFormat; range: [number, number] | null }, signal?: AbortSignal) => make('/api/figures', request, signal),
  dynamics: (id: string, signal?: AbortSignal) => get<Dynamics>(`/api/runs/${part(id)}/dynamics`, signal),
  checkpoints: (id: string) => get<number[]>(`/api/runs/${part(id)}/checkpoints`),
  options: () => get<FormOptions>('/api/options'),
};
