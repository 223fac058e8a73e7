// Runs in the browser: the panel's own canvas.
import { canvasIn } from '../../client/src/topology/view/canvas.ts';
import { readTheme } from '../../client/src/topology/view/theme.ts';
import { measureWith } from './frames.ts';

measureWith((graph, container) => {
  canvasIn(container, readTheme(), { selected() {}, opened() {}, moved() {}, panned() {} }).show(graph as never);
});
