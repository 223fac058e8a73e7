// Runs in the browser: the same graph and places in sigma.js, which draws with WebGL, without racks and boxes.
import { MultiGraph } from 'graphology';
import Sigma from 'sigma';
import { measureWith } from './frames.ts';

measureWith((shown, container) => {
  const graph = new MultiGraph();
  for (const { id, label, x, y } of shown.nodes) graph.addNode(id, { x, y: -y, size: 4, label });
  for (const { id, from, to } of shown.edges) graph.addEdgeWithKey(id, from, to, { size: 1 });
  new Sigma(graph, container, { renderEdgeLabels: false });
});
