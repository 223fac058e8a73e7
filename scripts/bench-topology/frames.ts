// Runs in the browser.
import type { ShownGraph } from '../../server/src/network/graph/shown.ts';

/** What one step of a gesture does. */
interface Gestures {
  pan(step: number): void;
  zoom(step: number): void;
}

/** Milliseconds between frames, sorted. */
export type Frames = Readonly<Record<'first' | 'pan' | 'zoom', readonly number[]>>;

const STEPS = 90;

/** Puts `measure(graph)` on the page: draws, then pans and zooms by a step a frame, and tells how long each frame took. */
export function measureWith(draw: (graph: ShownGraph, container: HTMLElement) => Gestures): void {
  Object.assign(globalThis, {
    async measure(graph: ShownGraph): Promise<Frames> {
      const container = document.createElement('div');
      container.style.cssText = 'position:fixed;inset:0';
      document.body.replaceChildren(container);
      const begun = performance.now();
      const gestures = draw(graph, container);
      await frame();
      await frame();
      const first = performance.now() - begun;
      await new Promise((resolve) => setTimeout(resolve, 400));
      const pan = await times((step) => gestures.pan(step));
      await new Promise((resolve) => setTimeout(resolve, 400));
      const zoom = await times((step) => gestures.zoom(step));
      return { first: [first], pan, zoom };
    },
  });
}

async function times(act: (step: number) => void): Promise<readonly number[]> {
  const all: number[] = [];
  let last = await frame();
  for (let step = 0; step < STEPS; step++) {
    act(step);
    const now = await frame();
    all.push(now - last);
    last = now;
  }
  return all.slice(5).sort((a, b) => a - b);
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
