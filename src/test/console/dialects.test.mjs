import assert from 'node:assert/strict';
import { test } from 'node:test';
import { golden, view } from './view.mjs';

const { begun, DIALECTS, grown } = await view('view/dialects.js');

/** An answer out of a whole stream, cut into pieces of this length. */
function read(dialect, stream, length = stream.length) {
  let answer = begun('coder');
  const feed = DIALECTS[dialect].reader((piece) => { answer = grown(answer, piece); });
  for (let at = 0; at < stream.length; at += length) feed(stream.slice(at, at + length));
  return answer;
}

const GOLDEN = [
  ['chat', 'openai', 'response.sse'], ['responses', 'responses', 'response.sse'], ['messages', 'anthropic', 'response.sse'], ['ollama', 'ollama', 'response.ndjson'],
];

for (const [dialect, family, file] of GOLDEN) {
  test(`${dialect}: thinking and then a call, as the gateway streams them`, async () => {
    const stream = await golden(`${family}/thinking-then-tool/${file}`);
    for (const length of [1, 7, stream.length]) {
      const answer = read(dialect, stream, length);
      assert.equal(answer.thinking.trim(), 'I need the weather');
      assert.equal(answer.calls.length, 1);
      assert.equal(answer.calls[0].name, 'get_weather');
      assert.ok(answer.calls[0].id);
      assert.deepEqual(JSON.parse(answer.calls[0].arguments), { city: 'Oslo' });
      assert.ok(answer.end);
      assert.equal(answer.error, null);
    }
  });

  test(`${dialect}: text and its counts`, async () => {
    const answer = read(dialect, await golden(`${family}/text/${file}`), 5);
    assert.ok(answer.text.length > 0);
    assert.equal(answer.error, null);
    assert.ok(answer.end);
  });

  test(`${dialect}: an answer that ends without a word of its end is an error`, async () => {
    const answer = read(dialect, await golden(`${family}/${{ messages: 'error-lost' }[dialect] ?? 'error-silent-end'}/${file}`));
    assert.ok(answer.error, JSON.stringify(answer));
  });
}

const TALK = [
  { role: 'user', text: 'What time is it?' },
  { role: 'assistant', text: '', thinking: 'hm', signature: 's', calls: [{ id: 'c1', name: 'get_time', arguments: '{"zone":"UTC"}' }] },
  { role: 'tool', id: 'c1', name: 'get_time', text: '12:00' },
  { role: 'tool', id: 'c2', name: 'get_time', text: '13:00' },
];
const TOOLS = [{ name: 'get_time', description: 'd', parameters: { type: 'object' } }];
const body = (dialect, settings = {}) => DIALECTS[dialect].body('coder', structuredClone(TALK), settings);

test('each dialect writes calls and results its own way', () => {
  assert.deepEqual(body('chat').messages.slice(1, 3), [
    { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_time', arguments: '{"zone":"UTC"}' } }] },
    { role: 'tool', tool_call_id: 'c1', content: '12:00' }]);
  assert.deepEqual(body('responses').input.slice(1, 3), [
    { type: 'function_call', call_id: 'c1', name: 'get_time', arguments: '{"zone":"UTC"}' }, { type: 'function_call_output', call_id: 'c1', output: '12:00' }]);
  const { messages } = body('messages');
  assert.deepEqual(messages[1].content[0], { type: 'thinking', thinking: 'hm', signature: 's' });
  assert.deepEqual(messages[1].content[1], { type: 'tool_use', id: 'c1', name: 'get_time', input: { zone: 'UTC' } });
  assert.equal(messages.length, 3, 'results of one turn are one message');
  assert.equal(messages[2].content.length, 2);
  assert.deepEqual(body('ollama').messages.slice(1, 3), [
    { role: 'assistant', content: '', thinking: 'hm', tool_calls: [{ function: { name: 'get_time', arguments: { zone: 'UTC' } } }] },
    { role: 'tool', tool_name: 'get_time', content: '12:00' }]);
});

test('parameters go where each dialect wants them, and nothing is sent that nobody set', () => {
  assert.deepEqual(Object.keys(body('chat')), ['model', 'messages', 'stream', 'stream_options']);
  assert.deepEqual(Object.keys(body('ollama')), ['model', 'messages', 'stream']);
  const given = { system: 'Be brief.', temperature: 0, maxTokens: 50, thinking: 'low', tools: TOOLS };
  assert.equal(body('chat', given).temperature, 0);
  assert.equal(body('chat', given).messages[0].content, 'Be brief.');
  assert.equal(body('chat', given).reasoning_effort, 'low');
  assert.equal(body('responses', given).max_output_tokens, 50);
  assert.equal(body('responses', given).instructions, 'Be brief.');
  assert.deepEqual(body('messages', given).thinking, { type: 'enabled', budget_tokens: 1024 });
  assert.ok(body('messages', given).max_tokens > 1024, 'a bound above the budget');
  assert.deepEqual(body('messages', given).tools[0].input_schema, { type: 'object' });
  assert.equal(body('ollama', given).options.num_predict, 50);
  assert.equal(body('ollama', { thinking: 'off' }).think, false);
});
