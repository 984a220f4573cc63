/** What the server answers, in its own nouns. */

export interface About {
  name: string;
  version: string;
  workspace: string;
  limits: { uploadBytes: number; regions: number };
}

export interface Network {
  id: string;
  name: string;
  source: 'example' | 'upload' | 'run';
  inputs: number;
  outputs: number;
  inputShape: number[] | null;
  outputShape: number[] | null;
  parameters: number;
  isPiecewise: boolean;
  firstSmooth: string | null;
  description?: string | null;
}

export type NodeClass = 'affine' | 'piecewise' | 'smooth' | 'input';

export interface NetworkNode {
  index: number;
  name: string;
  kind: string;
  class: NodeClass;
  inputs: number[];
  shape: number[] | null;
  parameters: number;
  flops: number | null;
}

export interface NetworkDetail extends Network {
  notes: string[];
  nodes: NetworkNode[];
  slice: Slice | null;
  data: string | null;
}

export interface DataSet {
  id: string;
  name: string;
  samples: number;
  shape: number[];
  classes: number;
  classNames: string[] | null;
  isImage: boolean;
  low: number | null;
  high: number | null;
}

export interface DataRow {
  index: number;
  label: number | null;
  values: number[];
}

export interface BoxSlice {
  kind: 'box';
  box: [number, number, number, number];
  at?: number;
}

export interface AnchorSlice {
  kind: 'anchors';
  data: string;
  rows: number[];
  margin: number;
  rotation: number;
}

export interface DefaultSlice {
  kind: 'default';
}

export type Slice = BoxSlice | AnchorSlice | DefaultSlice;

export interface SliceInfo {
  extent: [number, number, number, number];
  domain: [number, number][];
  anchors: { row: number; label: number | null; s: number; t: number }[];
  inputs: number;
}

/** Center and size, in slice coordinates. */
export interface Viewport {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Coloring = 'slope' | 'class' | 'area' | 'depth' | 'random';

export interface RegionDetail {
  class: number | null;
  className: string | null;
  values: number[];
  slopeNorm: number | null;
  depth: number;
  code: string;
  activeUnits: number[];
  units: number[];
  distances: (number | null)[];
  isBoundaryDistanceExact?: boolean;
  boundaryDistance: number | null;
  templates: { class: number; image: string | null; values: number[] | null }[];
  input: { image: string | null; values: number[] | null };
  area: number | null;
}

export interface Segment {
  breakpoints: number[];
  values: number[][];
  classChanges: number[];
  length: number;
}

export type RunState = 'running' | 'paused' | 'complete' | 'failed';

export interface Run {
  id: string;
  name: string;
  net: string;
  data: string;
  steps: number;
  done: number;
  state: RunState;
  error: string | null;
  trainAccuracy: number | null;
  testAccuracy: number | null;
  /** Whether it may be given more steps than it has. */
  canGoFurther: boolean;
}

export interface Metrics {
  step: number;
  epoch: number;
  trainLoss: number | null;
  trainAccuracy: number | null;
  testLoss: number | null;
  testAccuracy: number | null;
  rate: number | null;
  gradientNorm: number | null;
  weightNorm: number | null;
}

/** What a run is made from: nested records of numbers, words and flags. */
export type TrainingOptions = Record<string, unknown>;

export type OptionKind = 'text' | 'word' | 'whole' | 'number' | 'flag' | 'wholes';

/** An option of a training as a field of a form. */
export interface OptionField {
  path: string;
  label: string;
  kind: OptionKind;
  help: string;
  group: string;
  isMain: boolean;
  unit: string | null;
  low: number | null;
  high: number | null;
  isLowOpen: boolean;
  isHighOpen: boolean;
  /** What stands where nothing is entered; null where something must be. */
  empty: string | null;
  words: string | null;
  when: { path: string; words: string[] } | null;
  /** How lines of errors begin that speak of it. */
  says: string;
}

export interface Mean {
  mean: number | null;
}

export interface SetDynamics {
  accuracy: number | null;
  complexity: { total: Mean } | null;
}

export interface DynamicsRow {
  step: number;
  train: SetDynamics | null;
  test: SetDynamics | null;
  random: { total: Mean } | null;
  robustness: { samples: number; accuracy: number[] } | null;
  slice: { regions: number } | null;
}

export interface PhaseStep {
  step: number;
  value: number;
  before: number;
  after: number;
}

export interface Delay {
  fitted: PhaseStep;
  half: PhaseStep;
  nearly: PhaseStep;
  delayInDecades: number;
  isDelayed: boolean;
}

/** What is measured at the checkpoints so far, and what the library finds in it. */
export interface Dynamics {
  rows: DynamicsRow[];
  checkpoints: number;
  budgets: { epsilon: number; norm: string; name: string }[];
  phases: { descentEnd: PhaseStep; drop: number; descent: string; peak: PhaseStep; migration: PhaseStep | null } | null;
  generalization: Delay | null;
  robustness: (Delay | null)[];
  marks: { step: number; before: number; after: number; name: string }[];
  /** Largest share of attacked rows without a gradient. */
  zeroGradientShare: number | null;
  /** The line of the masking audit, for below accuracy under attack. */
  audit: string | null;
}
