import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Box,
  type LayoutInput,
  layOut,
  type Positions,
  type Wire,
} from '../../server/src/network/layout/layout.ts';
import { framesOf } from '../../server/src/network/layout/steady.ts';
import { rectangleOf, touches } from '../../server/src/network/layout/types.ts';

const box = (id: string, more: Partial<Box> = {}): Box => ({ id, name: id, width: 120, height: 46, ...more });

/** A four-tier Clos: racks of one leaf and its nodes below a row of spines. */
function fabric(racks: number, nodes: number, spines = 4): LayoutInput {
  const boxes: Box[] = [];
  const wires: Wire[] = [];
  for (let s = 0; s < spines; s++) boxes.push(box(`spine${s}`, { tier: 1 }));
  for (let r = 0; r < racks; r++) {
    boxes.push(box(`leaf${r}`, { tier: 2, group: `rack${r}` }));
    for (let s = 0; s < spines; s++) wires.push({ from: `spine${s}`, to: `leaf${r}` });
    for (let n = 0; n < nodes; n++) {
      boxes.push(box(`r${r}n${n}`, { tier: 4, group: `rack${r}` }));
      wires.push({ from: `leaf${r}`, to: `r${r}n${n}` });
    }
  }
  return { boxes, wires, frames: Array.from({ length: racks }, (_, r) => ({ id: `rack${r}` })) };
}

const tiers = (input: LayoutInput, more: Partial<Parameters<typeof layOut>[1]> = {}): Positions =>
  layOut(input, { shape: 'tiers', ...more });

function assertApart({ boxes }: LayoutInput, places: Positions): void {
  const areas = boxes.map((one) => [one.id, rectangleOf(places.get(one.id)!, one)] as const);
  for (const [index, [id, area]] of areas.entries())
    for (const [other, against] of areas.slice(index + 1))
      assert.ok(!touches(area, against, 0), `${id} lies on ${other}`);
}

test('spines stand above leaves, leaves above nodes, and no box lies on another', () => {
  const input = fabric(6, 5);
  const places = tiers(input);
  for (const { from, to } of input.wires) assert.ok(places.get(from)!.y < places.get(to)!.y, `${from} above ${to}`);
  assertApart(input, places);
});

test('a rack holds its own boxes and nobody else’s', () => {
  const input = fabric(9, 7);
  const places = tiers(input);
  const areas = new Map(input.boxes.map((one) => [one.id, rectangleOf(places.get(one.id)!, one)]));
  const frames = framesOf(input, areas);
  assert.equal(frames.size, 9);
  for (const [id, frame] of frames) {
    for (const one of input.boxes)
      if (one.group !== id) assert.ok(!touches(frame, areas.get(one.id)!, 0), `${one.id} stands in ${id}`);
    for (const [other, against] of frames)
      if (other !== id) assert.ok(!touches(frame, against, 0), `${other} on ${id}`);
  }
});

test('the same network gives the same picture, in whatever order its files were read', () => {
  const input = fabric(5, 4);
  const turned = {
    boxes: input.boxes.toReversed(),
    wires: input.wires.toReversed(),
    frames: input.frames.toReversed(),
  };
  assert.deepEqual(new Map([...tiers(input)].sort()), new Map([...tiers(turned)].sort()));
});

test('leaf2 stands left of leaf10', () => {
  const input = { ...fabric(0, 0, 0), boxes: ['leaf10', 'leaf2', 'leaf1'].map((id) => box(id, { tier: 2 })) };
  const places = tiers(input);
  assert.ok(places.get('leaf1')!.x < places.get('leaf2')!.x && places.get('leaf2')!.x < places.get('leaf10')!.x);
});

test('an edit moves nothing that stays, and puts what is new into free space near its neighbours', () => {
  const before = fabric(6, 5);
  const places = tiers(before);
  const input = {
    ...before,
    boxes: [
      ...before.boxes.filter(({ id }) => id !== 'r3n0'),
      box('r2new', { tier: 4, group: 'rack2' }),
      box('lone', { tier: 1 }),
    ],
    wires: [...before.wires.filter(({ to }) => to !== 'r3n0'), { from: 'leaf2', to: 'r2new' }],
  };
  const after = tiers(input, { before: places });
  for (const { id } of input.boxes) if (places.has(id)) assert.deepEqual(after.get(id), places.get(id), id);
  assert.ok(!after.has('r3n0'));
  assertApart(input, after);
  const near = Math.hypot(after.get('r2new')!.x - after.get('leaf2')!.x, after.get('r2new')!.y - after.get('leaf2')!.y);
  assert.ok(near < 700, `r2new is ${near} away from its leaf`);
});

test('what a person moved stays where they put it', () => {
  const input = fabric(3, 3);
  const pinned = new Map([['leaf1', { x: -500, y: 900 }]]);
  assert.deepEqual(tiers(input, { before: tiers(input), pinned }).get('leaf1'), { x: -500, y: 900 });
});

test('another network is another picture: nothing is kept for the sake of one name', () => {
  const places = tiers(fabric(1, 1));
  const input = fabric(8, 6);
  assert.deepEqual(tiers(input, { before: places }), tiers(input));
});

test('a network without roles is ranked by its wires', () => {
  const ids = ['hub', 'a', 'b', 'c', 'd'];
  const input = { boxes: ids.map((id) => box(id)), wires: ids.slice(1).map((to) => ({ from: 'hub', to })), frames: [] };
  const places = tiers(input);
  for (const id of ids.slice(1)) assert.ok(places.get('hub')!.y < places.get(id)!.y, id);
  assertApart(input, places);
});

test('ranges stand right of what holds them, in order, and apart', () => {
  const boxes = ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.2.0.0/16', '172.16.0.0/12'].map((id) => box(id));
  const wires = [
    { from: '10.0.0.0/8', to: '10.1.0.0/16' },
    { from: '10.1.0.0/16', to: '10.1.1.0/24' },
    { from: '10.0.0.0/8', to: '10.2.0.0/16' },
  ];
  const input = { boxes, wires, frames: [] };
  const places = layOut(input, { shape: 'tree' });
  for (const { from, to } of wires) assert.ok(places.get(from)!.x + 120 <= places.get(to)!.x);
  assert.ok(places.get('10.1.0.0/16')!.y < places.get('10.2.0.0/16')!.y);
  assertApart(input, places);
});

test('any graph at all is laid out: every box once, apart, at finite places', () => {
  const name = fc.integer({ min: 0, max: 14 }).map((n) => `n${n}`);
  const frame = fc.option(fc.constantFrom('g0', 'g1', 'g2', 'nowhere'), { nil: undefined });
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({ id: name, tier: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }), group: frame }),
        { selector: ({ id }) => id, maxLength: 15 },
      ),
      fc.array(fc.record({ from: name, to: name }), { maxLength: 25 }),
      fc.constantFrom('tiers' as const, 'tree' as const),
      (given, wires, shape) => {
        const boxes = given.map(({ id, tier, group }) =>
          box(id, { ...(tier !== undefined && { tier }), ...(group !== undefined && { group }) }),
        );
        // A frame in itself, and two in each other, as a half-typed file may say.
        const input = { boxes, wires, frames: [{ id: 'g0' }, { id: 'g1', parent: 'g0' }, { id: 'g2', parent: 'g2' }] };
        const places = layOut(input, { shape });
        assert.equal(places.size, boxes.length);
        for (const { x, y } of places.values()) assert.ok(Number.isFinite(x) && Number.isFinite(y));
        assertApart(input, places);
      },
    ),
    { numRuns: 300 },
  );
});

test('a thousand nodes are laid out within 50 ms', () => {
  const input = fabric(45, 21, 8);
  assert.ok(input.boxes.length >= 990);
  tiers(input);
  const times = Array.from({ length: 7 }, () => {
    const begun = performance.now();
    tiers(input);
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  assert.ok(times[0]! < 50, `best of seven: ${times[0]!.toFixed(1)} ms`);
});
