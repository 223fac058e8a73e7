// Runs in the browser: the panel's own canvas.
import { canvasIn } from '../../client/src/topology/view/canvas.ts';
import { readTheme } from '../../client/src/topology/view/theme.ts';
import { measureWith } from './frames.ts';

measureWith((graph, container) => {
  const canvas = canvasIn(container, readTheme(), { selected() {}, opened() {}, moved() {}, panned() {} });
  canvas.show(graph as never);
  const { core } = canvas;
  const home = core.zoom();
  return {
    pan: (step) => void core.panBy({ x: Math.sin(step / 9) * 12, y: Math.cos(step / 9) * 8 }),
    zoom: (step) =>
      void core.zoom({
        level: home * (1.6 + 1.4 * Math.sin(step / 14)),
        renderedPosition: { x: core.width() / 2, y: core.height() / 2 },
      }),
  };
});
