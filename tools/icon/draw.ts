// Draws icon.png: a plain weave whose weft turns back at a firm edge, the selvage. Needs Chromium; run it by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const size = 256;
const pitch = 38;
const thread = 22;
const warp = [40, 78, 116, 154];
const weft = [48, 88, 128, 168, 208];
const edge = 192;

const colour = { ground: '#14213d', warp: '#5fb3b3', weft: '#e9ecef', edge: '#fca311' };

/** A thread with a dark rim, so that what lies on top is seen to lie on top. */
function line(from: readonly [number, number], to: readonly [number, number], stroke: string): string {
  const at = `x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}"`;
  const rim = `<line ${at} stroke="${colour.ground}" stroke-width="${thread + 8}"/>`;
  return `${rim}<line ${at} stroke="${stroke}" stroke-width="${thread}"/>`;
}

function weave(): string {
  const half = pitch / 2 - 2;
  const parts: string[] = [];
  weft.forEach((y, row) => {
    parts.push(line([warp[0]! - half, y], [edge + half, y], colour.weft));
    // Each pair of rows is one thread that turns around the edge.
    const next = weft[row + 1];
    if (row % 2 === 1 || next === undefined) return;
    const [from, bend] = [edge + half - 1, edge + half + 26];
    const turn = `d="M ${from} ${y} C ${bend} ${y} ${bend} ${next} ${from} ${next}" fill="none"`;
    parts.push(`<path ${turn} stroke="${colour.weft}" stroke-width="${thread}"/>`);
  });
  for (const x of warp) parts.push(line([x, 24], [x, 232], colour.warp));
  parts.push(line([edge, 24], [edge, 232], colour.edge));
  weft.forEach((y, row) => {
    [...warp, edge].forEach((x, column) => {
      if ((row + column) % 2 === 0) parts.push(line([x - half, y], [x + half, y], colour.weft));
    });
  });
  return parts.join('');
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">
<rect width="${size}" height="${size}" rx="44" fill="${colour.ground}"/>${weave()}</svg>`;

const profile = mkdtempSync(join(tmpdir(), 'selvage-icon-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  viewport: { width: size, height: size },
  args: ['--no-sandbox'],
});
const page = await context.newPage();
await page.setContent(`<style>body{margin:0}</style>${svg}`);
const path = fileURLToPath(new URL('../../icon.png', import.meta.url));
await page.screenshot({ path, omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
await context.close();
rmSync(profile, { recursive: true, force: true });
