// Runs in the browser.
import type { ShownGraph } from '../../server/src/network/graph/shown.ts';

/** Milliseconds between frames, sorted. */
export type Frames = Readonly<Record<'first' | 'pan' | 'zoom', readonly number[]>>;

const STEPS = 90;

/**
 * Puts `measure(graph)` on the page: draws, then drags the background and turns the wheel by a step a frame, as a hand does,
 * and tells how long each frame took.
 */
export function measureWith(draw: (graph: ShownGraph, container: HTMLElement) => void): void {
  Object.assign(globalThis, {
    async measure(graph: ShownGraph): Promise<Frames> {
      const container = document.createElement('div');
      container.style.cssText = 'position:fixed;inset:0';
      document.body.replaceChildren(container);
      const begun = performance.now();
      draw(graph, container);
      await frame();
      await frame();
      const first = performance.now() - begun;
      await pause();
      const target = document.elementFromPoint(4, 4) ?? container;
      const mouse = (type: string, step: number): void => {
        const [clientX, clientY] = [4 + 260 * (1 - Math.cos(step / 14)), 4 + 90 * (1 - Math.cos(step / 9))];
        const event = { bubbles: true, cancelable: true, clientX, clientY, button: 0, buttons: 1, view: window };
        target.dispatchEvent(new MouseEvent(type, event));
      };
      mouse('mousedown', 0);
      const pan = await times((step) => mouse('mousemove', step));
      mouse('mouseup', STEPS);
      await pause();
      const zoom = await times((step) => {
        const deltaY = Math.sin(step / 14) > 0 ? -30 : 30;
        const event = { bubbles: true, cancelable: true, clientX: 640, clientY: 400, deltaY, view: window };
        target.dispatchEvent(new WheelEvent('wheel', event));
      });
      return { first: [first], pan, zoom };
    },
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 600));
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
  return all.sort((a, b) => a - b);
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
