// How fast pictures of fabrics are laid out and drawn: our layout in Node, the panel's canvas and sigma.js in headless
// Chromium. `npm run bench:topology` (`-- layout` for the layout alone). Numbers of two machines do not compare.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { layOut } from '../server/src/network/layout/layout.ts';
import { fabricOf, shownFabric } from './bench-topology/fabric.ts';

const SIZES = [100, 1_000, 3_000, 5_000];

console.log('| nodes | edges | layout, ms (median of 9) | after one edit, ms |');
console.log('|---|---|---|---|');
for (const size of SIZES) {
  const input = fabricOf(size);
  const before = layOut(input, { shape: 'tiers' });
  const edited = { ...input, boxes: [...input.boxes, { ...input.boxes.at(-1)!, id: 'new', name: 'new' }] };
  const fresh = median(timesOf(9, () => layOut(input, { shape: 'tiers' })));
  const kept = median(timesOf(9, () => layOut(edited, { shape: 'tiers', before })));
  console.log(`| ${input.boxes.length} | ${input.wires.length} | ${fresh.toFixed(1)} | ${kept.toFixed(1)} |`);
}

if (!process.argv.includes('layout')) await frames();

async function frames(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  });
  console.log(`\nFrames in headless Chromium ${browser.version()}, 1280 × 800, drawn by the processor alone:\n`);
  console.log('| library | nodes | first picture, ms | pan, fps | pan, p95 ms | zoom, fps | zoom, p95 ms |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [library, entry] of [
    ['Cytoscape.js (the panel)', 'page-cytoscape.ts'],
    ['sigma.js', 'page-sigma.ts'],
  ] as const) {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`bench-topology/${entry}`, import.meta.url))],
      bundle: true,
      write: false,
      format: 'iife',
      minify: true,
    });
    for (const size of SIZES) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.setContent('<!doctype html><body style="margin:0"></body>');
      await page.addScriptTag({ content: outputFiles[0]!.text });
      const graph = shownFabric(fabricOf(size));
      const measured = await page.evaluate(
        (given) =>
          (
            globalThis as unknown as { measure(graph: unknown): Promise<Record<'first' | 'pan' | 'zoom', number[]>> }
          ).measure(given),
        graph,
      );
      const { first, pan, zoom } = measured;
      const cells = [
        library,
        graph.nodes.length,
        first[0]!.toFixed(0),
        fps(pan),
        at(pan, 0.95),
        fps(zoom),
        at(zoom, 0.95),
      ];
      console.log(`| ${cells.join(' | ')} |`);
      await page.close();
    }
  }
  await browser.close();
}

function timesOf(rounds: number, work: () => unknown): number[] {
  for (let round = 0; round < 2; round++) work();
  return Array.from({ length: rounds }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!;
}

/** Frames a second on the whole, not of the median: what stutters counts. */
function fps(times: readonly number[]): string {
  return ((1000 * times.length) / times.reduce((sum, time) => sum + time, 0)).toFixed(0);
}

function at(times: readonly number[], share: number): string {
  return times[Math.floor((times.length - 1) * share)]!.toFixed(0);
}
