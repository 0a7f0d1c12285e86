import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from './view.mjs';

const now = await view('view/now.js');
const models = await view('view/models.js');

const DOCUMENT = {
  hosts: { mini: { memory_total: 64e9, memory_used: 60e9 } },
  backends: {
    'fast-10': { host: 'mini', state: 'up', slots: { 0: { phase: 'free' } }, models_loaded: {} },
    'fast-2': { host: 'mini', state: 'up', models_loaded: { qwen: { size: 5, vram: 5 }, big: { size: 9, vram: 3 } }, slots: { 10: { phase: 'held' }, 2: { phase: 'output', rate: 40 }, 0: { phase: 'prompt' } } },
    far: { host: 'attic', state: 'down', slots: {} },
  },
  models: { qwen: { waiting: { interactive: 1, normal: 1, background: 0 } }, big: { waiting: { interactive: 0, normal: 0, background: 0 } } },
  waiting: {
    x2: { rank: 5, arrived: 200, client: 'planner-1', model: 'qwen', class: 'normal' },
    x1: { rank: -3, arrived: 300, client: 'coder', model: 'qwen', class: 'interactive' },
  },
};

test('backends and slots come in the order of their numbers, by host', () => {
  const found = now.hosts(DOCUMENT);
  assert.deepEqual(found.map(({ name, backends }) => [name, backends.map(([id]) => id)]), [['attic', ['far']], ['mini', ['fast-2', 'fast-10']]]);
  assert.deepEqual(now.slots(DOCUMENT.backends['fast-2']).map(([number]) => number), ['0', '2', '10']);
});

test('whoever is next stands first, with a place', () => {
  const rows = now.waiting(DOCUMENT);
  assert.deepEqual(rows.map(({ exchange, place }) => [exchange, place]), [['x1', 1], ['x2', 2]]);
  assert.deepEqual(now.matching(rows, 'planner QWEN', '').map(({ exchange }) => exchange), ['x2']);
  assert.deepEqual(now.matching(rows, '', 'interactive').map(({ exchange }) => exchange), ['x1']);
});

test('what has not ended is found where it is', () => {
  const doc = { waiting: { a: {} }, backends: { x: { slots: { 0: { exchange: 'b' } } } } };
  assert.deepEqual(['a', 'b', 'c'].map((id) => now.whereabouts(doc, id)), ['waits', 'runs', null]);
  assert.equal(now.whereabouts(null, 'a'), null);
});

test('held and free slots are not busy', () => {
  const sums = now.summary(DOCUMENT);
  assert.equal(sums.slots, 4);
  assert.equal(sums.busy, 2);
  assert.equal(sums.waiting, 2);
  assert.equal(sums.oldest, 200);
  assert.equal(sums.rate, 40);
  assert.equal(now.phasesLine(sums), '1 prompt, 1 answer, 1 held, 1 free');
  assert.equal(now.queueLine(DOCUMENT), '2 for qwen');
});

test('a prompt goes on from its cached part, and never past the end', () => {
  const slot = { phase: 'prompt', prompt_tokens: 1000, cached_tokens: 600, progress: 0.6, since: 0, expected_output: 10_000, expected_end: 60_000 };
  assert.deepEqual(now.progress(slot, 0), { cached: 0.6, done: 0.6 });
  assert.ok(Math.abs(now.progress(slot, 5000).done - 0.8) < 1e-9);
  assert.equal(now.progress(slot, 99_000).done, 0.99);
  assert.equal(now.detail(slot, 4000), '6 s left · 1.0 k tokens, 60 % cached');
  assert.equal(now.detail(slot, 11_000), 'any moment · 1.0 k tokens, 60 % cached');
});

test('a hold runs down', () => {
  const slot = { phase: 'held', since: 0, until: 10_000 };
  assert.equal(now.progress(slot, 2500).done, 0.75);
  assert.equal(now.progress(slot, 20_000).done, 0);
  assert.equal(now.detail(slot, 2500), 'at most 8 s more');
});

test('a lane is one sentence for those who hear it', () => {
  assert.equal(now.sentence(3, { phase: 'output', client: 'coder', model: 'qwen', output_tokens: 12, rate: 40 }, 0), 'Slot 3: answer for coder, qwen, 12 tokens · 40 tok/s');
  assert.equal(now.sentence(0, { phase: 'free' }, 0), 'Slot 0: free');
});

test('a conversation does not repeat its client', () => {
  assert.equal(now.conversationOf({ client: 'coder-1', conversation: 'coder-1/ab12' }), 'ab12');
  assert.equal(now.conversationOf({ client: 'coder-1', conversation: 'other' }), 'other');
  assert.equal(now.conversationOf({ conversation: 'coder-1' }), 'coder-1');
});

test('a backend that operators keep away says so before its health', () => {
  assert.equal(now.standing({ state: 'up', drained: 'ops' }, 0).word, 'drained');
  assert.deepEqual(now.standing({ state: 'up', drained: false, held_until: 5000 }, 1000), { word: 'held back', tone: 'warn', why: 'gets no new work for 4 s' });
  assert.equal(now.standing({ state: 'up', drained: false, held_until: 5000 }, 6000).word, 'up');
  assert.equal(now.standing({ state: 'down', reason: 'refused' }, 0).why, 'refused');
});

test('classes are raised or lowered', () => {
  assert.deepEqual(now.otherClasses('normal'), [{ name: 'interactive', verb: 'Raise' }, { name: 'background', verb: 'Lower' }]);
});

test('memory is shown by host, the largest model first', () => {
  const [attic, mini] = models.memory(DOCUMENT);
  assert.equal(attic.total, null);
  assert.deepEqual(mini.loads.map(({ model }) => model), ['big', 'qwen']);
  assert.equal(mini.models, 14);
  assert.equal(mini.tight, true);
  assert.equal(models.memoryWords(41e9, 64e9), '41 GB of 64 GB');
  assert.equal(models.memoryWords(70e9, 64e9), '70 GB in models, more than its 64 GB');
  assert.equal(models.memoryWords(5e9, null), '5.0 GB in models');
});
