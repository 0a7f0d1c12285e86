import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { FULL, MODEL, USUAL, all, occupy } from './gateway.mjs';

const client = new OpenAI({ baseURL: `${USUAL}/v1`, apiKey: 'unused', maxRetries: 0 });
const TOOL = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather of a city',
  strict: false,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

test('a whole answer has its text and usage', async () => {
  const response = await client.responses.create({ model: MODEL, input: 'Say hello.', store: false });

  assert.equal(response.status, 'completed');
  assert.match(response.output_text, /simulated answer/);
  assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens);
});

test('a stream is numbered without gaps and closes what it opens', async () => {
  const events = await all(await client.responses.create(
    { model: MODEL, input: 'Say hello.', stream: true, store: false }));

  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, number) => number));
  assert.equal(events[0].type, 'response.created');
  assert.equal(events.at(-1).type, 'response.completed');
  const count = (type) => events.filter((event) => event.type === type).length;
  assert.equal(count('response.output_item.added'), count('response.output_item.done'));
});

test('the helper for streams accumulates', async () => {
  const response = await client.responses
    .stream({ model: MODEL, input: 'Say hello.', store: false })
    .finalResponse();

  assert.match(response.output_text, /simulated answer/);
});

test('a tool is called in a stream, and the conversation goes on from the response', async () => {
  const first = await client.responses
    .stream({ model: MODEL, input: 'Use get_weather for Paris.', tools: [TOOL] })
    .finalResponse();
  const call = first.output.find((item) => item.type === 'function_call');
  assert.equal(typeof JSON.parse(call.arguments).city, 'string');

  const second = await client.responses.create({
    model: MODEL,
    previous_response_id: first.id,
    tools: [TOOL],
    input: [{ type: 'function_call_output', call_id: call.call_id, output: 'Sunny.' }],
  });
  assert.equal(second.status, 'completed');
  assert.equal(second.previous_response_id, first.id);
});

test('a response is shown, listed and forgotten', async () => {
  const response = await client.responses.create({ model: MODEL, input: 'Say hello.' });

  assert.equal((await client.responses.retrieve(response.id)).output_text, response.output_text);
  const items = await all(client.responses.inputItems.list(response.id));
  assert.equal(items[0].content[0].text, 'Say hello.');
  await client.responses.delete(response.id);
  await assert.rejects(client.responses.retrieve(response.id), OpenAI.NotFoundError);
});

test('what cannot be continued is refused', async () => {
  await assert.rejects(
    client.responses.create({ model: MODEL, input: 'Hi', previous_response_id: 'resp_none' }),
    (error) => error instanceof OpenAI.BadRequestError && error.code === 'previous_response_not_found');
});

test('a stream tells that its prompt is too long', async () => {
  const events = await all(await client.responses.create(
    { model: MODEL, input: 'abcd '.repeat(60_000), stream: true, store: false }));

  assert.equal(events.at(-1).type, 'response.failed');
  assert.equal(events.at(-1).response.error.code, 'context_length_exceeded');
});

test('a full queue is never a 429, which would end a turn of Codex', async () => {
  const busy = new OpenAI({ baseURL: `${FULL}/v1`, apiKey: 'unused', maxRetries: 0 });
  const release = await occupy();
  try {
    await assert.rejects(
      busy.responses.create({ model: MODEL, input: 'Hi', stream: true }),
      (error) => error.status === 503 && error.code === 'queue_full');
  } finally {
    release();
  }
});

test('a response is shown as the stream that built it', async () => {
  const response = await client.responses.create({ model: MODEL, input: 'Say hello.' });
  const events = await all(await client.responses.retrieve(response.id, { stream: true }));

  assert.equal(events[0].type, 'response.created');
  assert.equal(events.at(-1).response.id, response.id);
  const text = events.filter((event) => event.type === 'response.output_text.delta');
  assert.equal(text.map((event) => event.delta).join(''), response.output_text);
});

test('a response that is complete cannot be cancelled', async () => {
  const response = await client.responses.create({ model: MODEL, input: 'Say hello.' });

  await assert.rejects(client.responses.cancel(response.id), OpenAI.BadRequestError);
});

test('tokens are counted', async () => {
  const counted = await client.responses.inputTokens.count(
    { model: MODEL, input: 'word '.repeat(1_000), tools: [TOOL] });

  assert.equal(counted.object, 'response.input_tokens');
  assert.ok(counted.input_tokens > 1_000 && counted.input_tokens < 2_000);
});

test('a conversation is summed up, and goes on from there', async () => {
  const compacted = await client.responses.compact({
    model: MODEL,
    input: [{ role: 'user', content: 'Fix the test.' }, { role: 'assistant', content: 'It is fixed.' }],
  });

  assert.equal(compacted.object, 'response.compaction');
  assert.deepEqual(compacted.output.map((item) => item.type), ['message', 'compaction']);
  const next = await client.responses.create({
    model: MODEL, store: false,
    input: [...compacted.output, { role: 'user', content: 'Say hello.' }],
  });
  assert.equal(next.status, 'completed');
});
