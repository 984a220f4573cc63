import { api, isAbort, lineOf } from '../api/client';
import type { RegionDetail, Segment, Slice } from '../api/types';

// A pointer that stays this long is asked about, in milliseconds.
const rest = 60;

/** What is asked of the server about one point and along one line of the slice that is shown. */
export class Questions {
  pin = $state.raw<[number, number] | null>(null);
  pinned = $state.raw<RegionDetail | null>(null);
  pinError = $state<string | null>(null);
  section = $state.raw<[number, number, number, number] | null>(null);
  segment = $state.raw<Segment | null>(null);
  segmentError = $state<string | null>(null);
  /** Where a section starts that is drawn by keys; its other end is the center of the view. */
  start = $state.raw<[number, number] | null>(null);
  /** Outputs under the pointer, once it rests. */
  values = $state.raw<(number | null)[] | null>(null);

  private asking: AbortController | null = null;
  private measuring: AbortController | null = null;
  private looking: AbortController | null = null;
  private resting = 0;

  /** @param shown the network and the slice that are shown, or null while there is none. */
  constructor(private readonly shown: () => { network: string; slice: Slice } | null) {}

  pinAt(s: number, t: number): void {
    this.pin = [s, t];
    void this.askRegion();
  }

  unpin(): void {
    this.asking?.abort();
    this.pin = this.pinned = this.pinError = null;
  }

  cutAlong(section: [number, number, number, number] | null): void {
    this.start = null;
    this.section = section;
    this.segment = null;
    this.segmentError = null;
    if (section) void this.askSegment();
  }

  /** The first point starts a section, the second one ends it. */
  mark(at: [number, number]): void {
    if (this.start) this.cutAlong([...this.start, ...at]);
    else [this.start, this.section, this.segment, this.segmentError] = [at, null, null, null];
  }

  /** Another slice has other points. */
  forget(): void {
    this.start = null;
    this.section = null;
    this.segment = null;
    this.unpin();
  }

  /** A pointer moves over the slice, or leaves it. */
  lookAt(at: [number, number] | null): void {
    window.clearTimeout(this.resting);
    this.looking?.abort();
    this.values = null;
    const shown = this.shown();
    if (!at || !shown) return;
    this.looking = new AbortController();
    const { signal } = this.looking;
    // What is under the pointer is worth having; why it is not there is not worth a word.
    this.resting = window.setTimeout(() => api.values(shown.network, shown.slice, at, signal).then(found => signal.aborted || (this.values = found), () => undefined), rest);
  }

  async askRegion(): Promise<void> {
    const shown = this.shown();
    if (!this.pin || !shown) return;
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const found = await api.region(shown.network, shown.slice, this.pin, signal);
      if (signal.aborted) return;
      [this.pinned, this.pinError] = [found, null];
    } catch (fault) {
      if (!isAbort(fault)) [this.pinned, this.pinError] = [null, lineOf(fault)];
    }
  }

  async askSegment(): Promise<void> {
    const shown = this.shown();
    if (!this.section || !shown) return;
    this.measuring?.abort();
    this.measuring = new AbortController();
    const { signal } = this.measuring;
    const [x0, y0, x1, y1] = this.section;
    try {
      this.segment = await api.segment(shown.network, shown.slice, [x0, y0], [x1, y1], signal);
    } catch (fault) {
      if (!isAbort(fault)) this.segmentError = lineOf(fault);
    }
  }

  close(): void {
    this.asking?.abort();
    this.lookAt(null);
    this.measuring?.abort();
  }
}
