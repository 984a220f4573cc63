export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(px: number, py: number, factor: number): void;
  hover(px: number, py: number): void;
  leave(): void;
  click(px: number, py: number): void;
  /** Whether a drag that begins here moves the pin. */
  grabs(px: number, py: number): boolean;
  movePin(px: number, py: number): void;
  section(fromX: number, fromY: number, toX: number, toY: number, done: boolean): void;
  whole(): void;
}

type Mode = 'pan' | 'pin' | 'section';

const still = 4;

/** Pointer and wheel on a stage, told in pixels of its plot; returns what ends the listening. */
export function listen(stage: HTMLElement, plot: HTMLElement, on: Gestures): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  const stop = new AbortController();
  const { signal } = stop;
  let moved = 0;
  let mode: Mode = 'pan';
  let start = { x: 0, y: 0 };

  const place = (event: MouseEvent) => {
    const box = plot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const elsewhere = (event: Event) => event.target instanceof Element && event.target.closest('button') !== null;

  stage.addEventListener('pointerdown', event => {
    if (elsewhere(event) || event.button > 0) return;
    stage.setPointerCapture(event.pointerId);
    const at = place(event);
    pointers.set(event.pointerId, at);
    if (pointers.size > 1) {
      mode = 'pan';
      return;
    }
    moved = 0;
    start = at;
    mode = event.shiftKey ? 'section' : on.grabs(at.x, at.y) ? 'pin' : 'pan';
  }, { signal });

  stage.addEventListener('pointermove', event => {
    const at = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') on.hover(at.x, at.y);
      return;
    }
    moved += Math.hypot(at.x - before.x, at.y - before.y);
    if (pointers.size === 1) {
      if (moved > still) {
        stage.dataset['mode'] = mode;
        if (mode === 'pan') on.pan(at.x - before.x, at.y - before.y);
        else if (mode === 'pin') on.movePin(at.x, at.y);
        else on.section(start.x, start.y, at.x, at.y, false);
      }
    } else {
      const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)![1];
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(at.x - other.x, at.y - other.y);
      on.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
      if (was > 0 && is > 0) on.zoom((at.x + other.x) / 2, (at.y + other.y) / 2, is / was);
    }
    pointers.set(event.pointerId, at);
  }, { signal });

  const release = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    delete stage.dataset['mode'];
    if (event.type !== 'pointerup' || pointers.size > 0) return;
    const at = place(event);
    if (event.pointerType !== 'touch') on.hover(at.x, at.y);
    if (mode === 'section' && moved > still) on.section(start.x, start.y, at.x, at.y, true);
    else if (moved <= still && mode !== 'pin') on.click(at.x, at.y);
  };
  stage.addEventListener('pointerup', release, { signal });
  stage.addEventListener('pointercancel', release, { signal });
  stage.addEventListener('pointerleave', () => on.leave(), { signal });
  stage.addEventListener('dblclick', event => {
    if (!elsewhere(event)) on.whole();
  }, { signal });
  stage.addEventListener('wheel', event => {
    event.preventDefault();
    const at = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    on.zoom(at.x, at.y, Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)));
    on.hover(at.x, at.y);
  }, { passive: false, signal });
  return () => stop.abort();
}
