import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { FULL, USUAL, all, occupy, recorder } from './gateway.mjs';

const MODEL = 'claude-sonnet-5';
const client = new Anthropic({ baseURL: USUAL, apiKey: 'unused', maxRetries: 0 });
const ask = (content, more = {}) =>
  ({ model: MODEL, max_tokens: 1_000, messages: [{ role: 'user', content }], ...more });
const TOOL = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const text = (message) =>
  message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

test('a whole answer has text, usage and a request id', async () => {
  const message = await client.messages.create(ask('Say hello.'));

  assert.equal(message.model, MODEL);
  assert.match(text(message), /simulated answer/);
  assert.equal(message.stop_reason, 'end_turn');
  assert.ok(message.usage.output_tokens > 0);
  assert.match(message._request_id, /^req_/);
});

test('a stream has the same text', async () => {
  const whole = await client.messages.create(ask('Say hello.'));
  const streamed = await client.messages.stream(ask('Say hello.')).finalMessage();

  assert.equal(text(streamed), text(whole));
  assert.equal(streamed.stop_reason, 'end_turn');
});

test('events come in their order', async () => {
  const events = await all(await client.messages.create(ask('Say hello.', { stream: true })));
  const types = events.map((event) => event.type);

  assert.equal(types[0], 'message_start');
  assert.deepEqual(types.slice(-3), ['content_block_stop', 'message_delta', 'message_stop']);
  assert.equal(types.filter((type) => type === 'content_block_start').length, 1);
});

test('a tool is called, and its result answered', async () => {
  const question = ask('Use get_weather for Paris.', { tools: [TOOL] });
  const first = await client.messages.create(question);
  const call = first.content.find((block) => block.type === 'tool_use');

  assert.equal(first.stop_reason, 'tool_use');
  assert.equal(typeof call.input.city, 'string');

  const second = await client.messages.create({
    ...question,
    messages: [...question.messages, { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'Sunny.' }] }],
  });
  assert.equal(second.stop_reason, 'end_turn');
});

test('a forced tool is called in a stream', async () => {
  const message = await client.messages
    .stream(ask('Anything.', { tools: [TOOL], tool_choice: { type: 'tool', name: TOOL.name } }))
    .finalMessage();

  assert.equal(message.content.at(-1).type, 'tool_use');
  assert.equal(typeof message.content.at(-1).input.city, 'string');
});

test('thinking and betas never hurt', async () => {
  const message = await client.beta.messages
    .stream({ ...ask('Say hello.'), betas: ['context-management-2025-06-27'],
      thinking: { type: 'adaptive' }, context_management: { edits: [] } })
    .finalMessage();

  assert.equal(message.stop_reason, 'end_turn');
});

test('tokens are counted at once, while all slots are taken', async () => {
  const counter = new Anthropic({ baseURL: FULL, apiKey: 'unused', maxRetries: 0 });
  const release = await occupy();
  try {
    const { input_tokens: tokens } = await counter.messages.countTokens({
      model: MODEL, system: 'You are brief.', tools: [TOOL],
      messages: [{ role: 'user', content: 'word '.repeat(1_000) }],
    });
    assert.ok(tokens > 1_000 && tokens < 2_000, String(tokens));
  } finally {
    release();
  }
});

test('models are listed in pages', async () => {
  const page = await client.models.list({ limit: 1 });
  const models = await all(client.models.list());

  assert.equal(page.data.length, 1);
  assert.ok(models.length > 1);
  assert.ok(models.some((model) => model.id === 'claude-3-5-sonnet' && model.type === 'model'));
  assert.equal((await client.models.retrieve('coding')).id, 'coding');
});

test('errors have their class and are not retried', async () => {
  const wire = recorder();
  const eager = new Anthropic({ baseURL: USUAL, apiKey: 'unused', fetch: wire.fetch });

  await assert.rejects(eager.messages.create({ ...ask('Hi'), model: 'nothing' }),
    Anthropic.NotFoundError);
  await assert.rejects(eager.messages.create(ask('Hi', { max_tokens: -1 })), (error) => {
    assert.ok(error instanceof Anthropic.BadRequestError);
    assert.equal(error.error.error.type, 'invalid_request_error');
    assert.ok(error.requestID);
    return true;
  });
  await assert.rejects(eager.messages.create(ask('abcd '.repeat(60_000))),
    /prompt is too long: \d+ tokens > 65536 maximum/);
  assert.equal(wire.seen.length, 3);
});

test('whoever is refused for the queue comes back when it was told to', async () => {
  const release = await occupy();
  const wire = recorder();
  const patient = new Anthropic({
    baseURL: FULL, apiKey: 'unused', maxRetries: 5,
    fetch: async (...request) => {
      const response = await wire.fetch(...request);
      release();
      return response;
    },
  });

  const message = await patient.messages.create(ask('Say hello.'));

  assert.match(text(message), /simulated/);
  const [refused, again] = wire.seen;
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('x-should-retry'), 'true');
  assert.equal(refused.headers.get('anthropic-ratelimit-unified-status'), null);
  const told = Number(refused.headers.get('retry-after-ms'));
  assert.ok(again.asked - refused.answered >= told - 50, `${again.asked - refused.answered} < ${told}`);
  assert.equal(wire.seen.at(-1).status, 200);
});
