import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from './view.mjs';

const timeline = await view('view/timeline.js');
const usage = await view('view/usage.js');
const agents = await view('view/agents.js');
const decision = await view('view/decision.js');
const whatif = await view('view/whatif.js');

const STRINGS = ['', 'x1', 'x2', 'coder', 'c1', 'qwen'];
const DATA = timeline.columns({
  from: 0, to: 100, strings: STRINGS, truncated: false,
  slots: [{ backend: 'fast-10', slot: 0 }, { backend: 'fast-2', slot: 1 }, { backend: 'fast-2', slot: 0 }],
  stretches: [[0, 4, 40, 70, 1, 3, 4, 5, 0], [-1, 0, 10, 30, 1, 3, 4, 5, 0], [0, 2, 30, 40, 1, 3, 4, 5, 0], [2, 4, 80, 95, 2, 3, 4, 5, 0], [0, 5, 70, 78, 1, 3, 4, 5, 0]],
});

test('lanes stand in the order of names and numbers', () => {
  const { rows, at } = timeline.lanes(DATA.slots, 20, 0);
  assert.deepEqual(rows.map(({ backend, slot }) => `${backend}/${slot}`), ['fast-2/0', 'fast-2/1', 'fast-10/0']);
  assert.equal(at.get(0).y, 46);
});

test('a window finds what reaches into it, and nothing else', () => {
  const random = mulberry(7);
  const stretches = Array.from({ length: 500 }, () => {
    const start = Math.floor(random() * 1000);
    return [0, 4, start, start + Math.floor(random() * 60), 1, 3, 4, 5, 0];
  });
  const data = timeline.columns({ from: 0, to: 1000, strings: STRINGS, slots: [{ backend: 'a', slot: 0 }], stretches });
  for (const [from, to] of [[0, 10], [490, 510], [200, 900], [999, 1000]]) {
    const expected = stretches.filter(([, , start, end]) => start <= to && end >= from).length;
    assert.equal([...timeline.within(data, from, to)].length, expected);
  }
});

test('requests are put together from their stretches', () => {
  const [second, first] = timeline.requests(DATA, 0, 100);
  assert.equal(second.exchange, 2);
  assert.deepEqual([first.exchange, first.start, first.end, first.waited, first.slot], [1, 10, 70, 20, 0]);
  assert.deepEqual(timeline.turns(DATA, 4, 0, 100).map(({ exchange, slot, start, end }) => [exchange, slot, start, end]), [[1, 0, 30, 70], [2, 2, 80, 95]]);
});

test('depth of the queue counts who waits', () => {
  assert.deepEqual(timeline.queueDepth(DATA, 0, 100, 10), [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
});

test('a point finds the shortest stretch there', () => {
  assert.equal(DATA.kind[timeline.hit(DATA, 0, 35, 1)], 2);
  assert.equal(timeline.hit(DATA, 1, 35, 1), -1);
});

test('a window stays within what there is', () => {
  const whole = { from: 0, to: 100_000 };
  assert.deepEqual(timeline.bounded({ from: -500, to: 9500 }, whole), { from: 0, to: 10_000 });
  assert.deepEqual(timeline.zoomed(whole, 2, null, whole), whole);
  assert.deepEqual(timeline.zoomed({ from: 10_000, to: 12_000 }, 0.1, 11_000, whole), { from: 10_900, to: 12_900 });
});

test('an empty beginning is left out', () => {
  assert.deepEqual(timeline.whole({ from: 0, to: 900_000, start: [890_000] }), { from: 889_700, to: 900_000 });
  assert.deepEqual(timeline.whole({ from: 0, to: 900_000, start: [] }), { from: 0, to: 900_000 });
});

test('an axis has round moments', () => {
  const { step, at } = timeline.ticks(0, 900_000, 600);
  assert.equal(step, 120_000);
  assert.ok(at.every((moment) => moment % 60_000 === 0));
});

test('sums stand on each other, and the rest is named', () => {
  const points = [{ at: 0, name: 'a', value: 1 }, { at: 10, name: 'a', value: 2 }, { at: 10, name: 'b', value: 3 }, { at: 11, name: 'z', value: 4 }, { at: 99, name: 'a', value: 9 }];
  const { starts, series } = usage.stack(points, ['a', 'b'], 0, 30, 10);
  assert.deepEqual(starts, [0, 10, 20]);
  assert.deepEqual(series, [{ name: 'a', values: [1, 2, 0] }, { name: 'b', values: [0, 3, 0] }, { name: 'others', values: [0, 4, 0] }]);
  assert.deepEqual(usage.round(4.3, 'number'), [0, 2, 4]);
  assert.deepEqual(usage.round(14_000, 'time'), [0, 3600, 7200, 10_800]);
  assert.deepEqual(usage.heights(series), [[1, 2, 0], [1, 5, 0], [1, 9, 0]]);
  assert.equal(usage.startOf('2026-11-30'), Date.UTC(2026, 10, 30));
  assert.equal(usage.startOf('2026-11-30T05'), Date.UTC(2026, 10, 30, 5));
});

test('what changed prefixes cost is summed up by client and part', () => {
  const record = { client: 'coder', lost_tokens: 1000, lost_where: 'system', prompt_tokens: 5000, cached_tokens: 1000, prompt_ms: 40_000 };
  const [worst, other] = agents.losses([record, record, { ...record, lost_where: 'tools', lost_tokens: 10 }, { ...record, lost_tokens: 0 }]);
  assert.equal(worst.times, 2);
  assert.equal(worst.seconds, 20);
  assert.equal(worst.says, 'its system text changed 2 times: 20 s lost, 2.0 k tokens computed again');
  assert.match(other.says, /^its list of tools changed once/);
});

test('a decision is told with both sums, and why it was taken', () => {
  const chosen = { terms: [{ name: 'until_free', value: 0, unit: 's', says: '0.0 s: until a slot is free' }, { name: 'prompt', value: 3.9, unit: 's', says: 'p' }], sum: 3.9 };
  const next = { backend: 'b', exchange: 'x', terms: [{ name: 'prompt', value: 13.6, unit: 's', says: 'p' }], sum: 13.6 };
  const { rows, zeros, verdict } = decision.comparison({ exchange: 'x', backend: 'a', slot: 0, chosen, next });
  assert.deepEqual(rows.map(({ name, chosen: mine, next: theirs }) => [name, mine, theirs]), [['prompt', 3.9, 13.6]]);
  assert.deepEqual(zeros, ['until free']);
  assert.equal(verdict, 'It started on a, slot 0: 9.70 s better than the next best, b.');
  assert.match(decision.comparison({ exchange: 'x', backend: 'a', slot: 0, chosen, next: null }).verdict, /nothing else/);
  assert.equal(decision.signed(-0.4), '−0.40 s');
  assert.equal(decision.signed(undefined), '–');
});

test('wishes are compared with the replay of things as they are', () => {
  const [wish, other] = [{ with: { a: '1' }, makespan_s: 3 }, { with: { a: '2' }, makespan_s: 4 }];
  const first = whatif.gathered([], [{ with: {}, makespan_s: 1 }, wish]);
  const runs = whatif.gathered(first, [{ with: {}, makespan_s: 2 }, other]);
  assert.deepEqual(runs.map(({ makespan_s: seconds }) => seconds), [2, 3, 4]);
  assert.deepEqual(whatif.table({ makespan_s: 0 }, runs).map(({ beside }) => beside?.makespan_s), [undefined, 0, 2, 2]);
});

test('a replay is compared with what happened', () => {
  assert.deepEqual(whatif.change(100, 90, -1), { text: '−10 %', tone: 'good' });
  assert.deepEqual(whatif.change(0.9, 0.8, 1), { text: '−11 %', tone: 'bad' });
  assert.deepEqual(whatif.change(100, 100.2, -1), { text: 'the same', tone: '' });
  assert.equal(whatif.change(null, 1, 1).text, '–');
  const with_ = whatif.wishes({ 'routing.patience': ' 0.03 ', 'routing.strategy': '', 'backends.*.slots': '2', like: 'a' }, ['a', 'b', 'more']);
  assert.deepEqual(with_, { 'routing.patience': '0.03', 'backends.*.slots': '2', 'backends.more-1.like': 'a' });
  assert.equal(whatif.titled(with_), 'patience 0.03, slots 2, one more like a');
  assert.equal(whatif.command('8h', { 'routing.patience': '0.03' }), 'ccproxy replay --since 8h --with routing.patience=0.03');
});

/** A seeded source of numbers. */
function mulberry(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
