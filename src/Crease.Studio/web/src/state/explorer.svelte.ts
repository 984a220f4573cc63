import { api, isAbort, lineOf } from '../api/client';
import type { DataRow, DataSet, NetworkDetail, Slice, SliceInfo } from '../api/types';
import { paintOf, plain } from '../gl/paint';
import { hitIn, type Hit } from '../view/hit';
import { prepare } from '../view/prepare';
import { partFor } from '../view/room';
import type { Scene } from '../view/scene';
import { patienceFor, Settling } from '../view/settling';
import { startingSlice } from '../view/starting';
import { name, subjectOf } from '../view/subject';
import { rounding, suffices } from '../view/suffices';
import { fit, isSame, show, viewportOf, within, type Extent, type View } from '../view/view';
import { Choices } from './choices.svelte';
import type { Address } from './hash';
import { Questions } from './questions.svelte';

// A first picture is worth having after so many seconds, whatever it lacks.
const firstPicture = 0.3;

/** One network on one slice: what is cut, what is seen, and what is asked about it. */
export class Explorer {
  network = $state.raw<NetworkDetail | null>(null);
  slice = $state.raw<Slice>({ kind: 'default' });
  info = $state.raw<SliceInfo | null>(null);
  view = $state.raw<View | null>(null);
  /** Where the view last rested. */
  settled = $state.raw<View | null>(null);
  whole = $state.raw<Scene | null>(null);
  detail = $state.raw<Scene | null>(null);
  /** The creases of the first layer, while all of them are being cut. */
  sketch = $state.raw<Scene | null>(null);
  cutting = $state(false);
  error = $state<string | null>(null);
  hovered = $state.raw<Hit | null>(null);
  rows = $state.raw<DataRow[]>([]);
  sets = $state.raw<DataSet[]>([]);
  /** Milliseconds that drawing the newest scenes took. */
  drawn = $state<number | null>(null);

  readonly choices: Choices;
  /** What is asked about a point and along a line. */
  readonly questions = new Questions(() => (this.network ? { network: this.network.id, slice: this.slice } : null));

  /** Whether the scenes are of the slice that is chosen; the old picture stays until a new one is here. */
  private fresh = false;
  private wanted: Address['viewport'] = null;
  private size: [number, number] = [0, 0];
  private readonly settling = new Settling(() => void this.recut());
  private id = '';
  private opening: AbortController | null = null;
  private cut: AbortController | null = null;
  private swapping: AbortSignal | null = null;

  readonly extent = $derived<Extent>(this.info?.extent ?? [-1, 1, -1, 1]);
  /** Deep in, the corners of the whole are rounded to more than a pixel, and something else lies under the detail: paper. */
  private readonly coarse = $derived(this.whole !== null && this.view !== null && this.detail !== null && rounding(this.whole, this.view, this.extent) > 1);
  readonly scenes = $derived([this.sketch, this.coarse ? null : this.whole, this.detail].filter((s): s is Scene => s !== null));
  /** The scene on top, whose numbers the panel shows. */
  readonly current = $derived(this.detail ?? this.whole ?? this.sketch);
  readonly subject = $derived(subjectOf(this.current));
  readonly scales = $derived.by(() => this.choices.scales(this.whole, this.detail));
  readonly classNames = $derived(this.sets.find(set => set.id === this.network?.data)?.classNames ?? null);
  readonly depths = $derived(Math.max(1, ...this.scenes.map(s => s.partition.head.layers.length + 1), 1));
  readonly classes = $derived(Math.max(1, ...this.scenes.map(s => s.partition.head.classes)));
  readonly paint = $derived.by(() => (this.sketch ? plain : this.scales ? paintOf(this.choices.color, this.scales, this.depths, this.classes) : null));
  readonly layers = $derived(this.current?.partition.head.layers ?? []);

  constructor(address: Address) {
    this.choices = new Choices(address);
    this.wanted = address.viewport;
    this.questions.pin = address.pin;
    this.questions.section = address.section;
  }

  /** What the address keeps of this. */
  keeps(address: Address): Address {
    const whole = this.view && this.info ? isSame(this.view, fit(this.extent, this.view.width, this.view.height)) : true;
    return {
      ...address,
      network: this.network?.id ?? address.network,
      slice: this.slice.kind === 'default' ? null : this.slice,
      viewport: this.view && !whole ? viewportOf(this.view) : this.view ? null : this.wanted,
      pin: this.questions.pin, section: this.questions.section,
      ...this.choices.keeps(whole ? null : this.scales),
    };
  }

  async open(id: string, slice: Slice | null): Promise<void> {
    this.id = id;
    this.opening?.abort();
    this.cut?.abort();
    this.opening = new AbortController();
    const { signal } = this.opening;
    this.error = null;
    this.cutting = true;
    try {
      const network = await api.network(id, signal);
      this.network = network;
      const chosen = slice ?? startingSlice(network);
      if (chosen === null) {
        this.cutting = false;
        this.error = `${network.name} has ${network.inputs} inputs and no slice of its own. Choose data and one to three rows under Slice.`;
        return;
      }
      await this.use(chosen, signal);
      this.sets = await api.data();
      if (network.data && network.inputs === 2) this.rows = (await api.rows(network.data, 0, 500, signal)).rows;
    } catch (fault) {
      this.fail(fault);
    }
  }

  /** Another slice of the same network. */
  async change(slice: Slice): Promise<void> {
    this.choices.forget();
    this.opening?.abort();
    this.opening = new AbortController();
    this.questions.forget();
    try {
      await this.use(slice, this.opening.signal);
    } catch (fault) {
      this.fail(fault);
    }
  }

  /** The same slice of another network, such as the next checkpoint, without a flash and without a change of view. */
  async swap(id: string): Promise<void> {
    this.cut?.abort();
    this.cut = new AbortController();
    const { signal } = this.cut;
    const { slice } = this;
    this.swapping = signal;
    this.cutting = true;
    try {
      const [network, scene] = await Promise.all([api.network(id, signal), this.ask(id, null, signal)]);
      if (signal.aborted) return;
      this.swapping = null;
      this.network = network;
      if (slice !== this.slice) return this.again();
      [this.whole, this.detail, this.sketch, this.error, this.cutting, this.fresh] = [scene, null, null, null, false, true];
      this.hovered = null;
      void this.questions.askRegion();
      this.settling.moved();
    } catch (fault) {
      if (this.swapping === signal) this.swapping = null;
      this.fail(fault);
    }
  }

  resize(width: number, height: number, change: (view: View) => View): void {
    this.size = [width, height];
    if (this.view) this.look(change(this.view));
    else if (this.info) this.start();
  }

  look(view: View): void {
    this.view = view;
    this.settling.moved(undefined, patienceFor(this.current?.partition.head.seconds ?? 0));
  }

  showWhole(): void {
    if (this.view) this.look(fit(this.extent, this.view.width, this.view.height));
  }

  /** Cuts again, with the newest choices. */
  again(): void {
    if (!this.info) return void this.open(this.id, this.slice.kind === 'default' ? null : this.slice);
    this.fresh = false;
    this.settling.moved(0);
  }

  hit(s: number, t: number): Hit | null {
    return this.fresh ? hitIn([this.detail, this.whole], s, t) : null;
  }

  close(): void {
    this.settling.stop();
    this.opening?.abort();
    this.cut?.abort();
    this.questions.close();
  }

  private async use(slice: Slice, signal: AbortSignal): Promise<void> {
    this.error = null;
    this.cutting = true;
    const info = await api.slice(this.network!.id, slice, signal);
    [this.slice, this.info, this.detail, this.sketch, this.hovered, this.view, this.fresh] = [slice, info, null, null, null, null, false];
    if (this.size[0] > 0) this.start();
    void this.questions.askRegion();
    void this.questions.askSegment();
  }

  private start(): void {
    const [width, height] = this.size;
    this.view = this.wanted ? show(this.wanted, width, height) : fit(this.extent, width, height);
    this.wanted = null;
    this.settling.moved(0);
  }

  private async recut(): Promise<void> {
    const { view, info, network } = this;
    this.settled = view;
    // Another network is on its way, and is cut for the view once it is here.
    if (!view || !info || !network || (this.swapping && !this.swapping.aborted)) return;
    const seen = within(viewportOf(view), info.extent);
    if (!seen || (this.fresh && [this.detail, this.whole].some(scene => scene && suffices(scene, view, info.extent)))) {
      this.cut?.abort();
      this.cutting = false;
      return;
    }
    this.cut?.abort();
    this.cut = new AbortController();
    const { signal } = this.cut;
    this.cutting = true;
    try {
      const part = partFor(view, info.extent, this.current?.partition.head.seconds ?? 0);
      const scene = this.fresh ? await this.ask(network.id, part, signal) : await this.askFirst(network.id, part, signal);
      if (signal.aborted) return;
      this.sketch = null;
      if (part === null) [this.whole, this.detail] = [scene, null];
      else [this.whole, this.detail] = [this.fresh ? this.whole : null, scene];
      this.fresh = true;
      [this.hovered, this.error, this.cutting] = [null, null, false];
    } catch (fault) {
      if (!signal.aborted) this.fail(fault);
    }
  }

  /** Where nothing of a slice is shown yet, its first layer is while the others are cut. */
  private async askFirst(network: string, viewport: Address['viewport'], signal: AbortSignal): Promise<Scene> {
    const early = await this.ask(network, viewport, signal, firstPicture);
    if (!early.partition.head.isSketch || signal.aborted) return early;
    [this.whole, this.detail, this.sketch] = [null, null, early];
    return this.ask(network, viewport, signal);
  }

  private async ask(network: string, viewport: Address['viewport'], signal: AbortSignal, patience?: number): Promise<Scene> {
    const { slice, choices } = this;
    return name(await prepare(await api.partition({ network, slice, viewport, color: choices.color, boundary: true, maxRegions: choices.most, layers: null, patience }, signal)), network, slice);
  }

  private fail(fault: unknown): void {
    if (isAbort(fault)) return;
    this.cutting = false;
    this.error = lineOf(fault);
  }
}
