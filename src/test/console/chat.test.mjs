import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { view } from './view.mjs';

const { history, speed, toolProblem, SAMPLE_TOOLS } = await view('view/chat.js');
const { code, pythonValue, quoted } = await view('view/code.js');
const { facts, groups } = await view('models.js');

const answer = (text, calls = []) => ({ text, thinking: '', signature: '', calls });

test('a pane goes on from its own answers, and a new one from those of the first', () => {
  const turns = [{ text: 'Hi', answers: { a: answer('from a'), b: answer('from b') } }, { text: 'More', answers: {} }];
  const texts = (pane) => history(turns, pane).map(({ role, text }) => `${role}: ${text}`);
  assert.deepEqual(texts('a'), ['user: Hi', 'assistant: from a', 'user: More']);
  assert.deepEqual(texts('b'), ['user: Hi', 'assistant: from b', 'user: More']);
  assert.deepEqual(texts('c'), ['user: Hi', 'assistant: from a', 'user: More']);
});

test('an answer that was stopped before its first word leaves one question of two', () => {
  assert.deepEqual(history([{ text: 'Hi', answers: { a: answer('') } }, { text: 'Again', answers: {} }], 'a'), [{ role: 'user', text: 'Hi\n\nAgain' }]);
});

test('calls are told only with their results', () => {
  const call = { index: 0, id: 'c1', name: 'get_time', arguments: '{}' };
  const open = [{ text: 'Hi', answers: { a: answer('', [call]) } }, { text: 'Never mind', answers: {} }];
  assert.deepEqual(history(open, 'a').map(({ role }) => role), ['user']);
  const given = [open[0], { results: { a: [{ id: 'c1', name: 'get_time', text: '12:00' }] }, answers: {} }];
  assert.deepEqual(history(given, 'a').map(({ role }) => role), ['user', 'assistant', 'tool']);
  assert.deepEqual(history(given, 'a')[1].calls, [call]);
});

test('speed is told only where it can be known', () => {
  assert.deepEqual(speed({ asked: 0, first: 500, ended: 2500, usage: { output: 80 } }), { first: 500, rate: 40 });
  assert.deepEqual(speed({ asked: 0 }), { first: null, rate: null });
});

test('tools that cannot be sent are found before they are', () => {
  assert.equal(toolProblem(''), null);
  assert.equal(toolProblem(SAMPLE_TOOLS), null);
  assert.equal(toolProblem('{}'), 'Tools are a JSON list.');
  assert.equal(toolProblem('[{"name":"x"}]'), 'Tool 1 needs a name and parameters.');
  assert.ok(toolProblem('[{'));
});

const BODY = { model: 'coder', stream: true, messages: [{ role: 'user', content: 'It\'s "quoted" \\ and $HOME\nover `lines`' }], none: null };

test('a shell gives curl exactly the body', () => {
  const echoed = spawnSync('sh', ['-c', `printf %s ${quoted(JSON.stringify(BODY))}`], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(echoed.stdout), BODY);
  const text = code('curl', { dialect: 'chat', origin: 'http://127.0.0.1:8081', body: BODY, key: true });
  assert.match(text, /^curl -N http:\/\/127\.0\.0\.1:8081\/v1\/chat\/completions/);
  assert.match(text, /-H "authorization: Bearer \$CCPROXY_KEY"/);
});

test('Python and Node read the body as it is', { skip: spawnSync('python3', ['--version']).error && 'no python3' }, () => {
  const python = spawnSync('python3', ['-c', `import json\nprint(json.dumps(${pythonValue(BODY)}))`], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(python.stdout), BODY);
  for (const language of ['python', 'node']) assert.match(code(language, { dialect: 'ollama', origin: 'http://x', body: BODY }), /http:\/\/x\/api\/chat/);
});

const MODELS = [
  { id: 'fast', available: true, loaded_on: ['one'], abilities: ['tools'], context: 65_536, expected_wait_ms: 12_000, waiting: 3 },
  { id: 'cold', available: true, loaded_on: [], abilities: [], context: 8192, expected_wait_ms: 0, waiting: 0 },
  { id: 'away', available: false, reason: 'offline', alternative: 'fast', loaded_on: [], abilities: [] },
  { id: 'texts', available: true, loaded_on: [], abilities: ['embedding'] },
];

test('the selector groups models, and leaves out those that do not chat', () => {
  const names = (all) => groups(MODELS, all).map(([name, members]) => [name, members.map(({ id }) => id)]);
  assert.deepEqual(names(false), [['Ready now', ['fast']], ['Loads first', ['cold']], ['Not available', ['away']]]);
  assert.deepEqual(names(true).map(([name]) => name), ['Ready now', 'Loads first', 'Not chat', 'Not available']);
  assert.equal(facts(MODELS[0]), '64 k window · tools · about 12 s to wait · 3 waiting');
  assert.equal(facts(MODELS[1]), '8 k window · starts now');
});
