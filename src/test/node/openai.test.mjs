import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { FULL, MODEL, USUAL, all, occupy, recorder } from './gateway.mjs';

const client = new OpenAI({ baseURL: `${USUAL}/v1`, apiKey: 'unused', maxRetries: 0 });
const ask = (content, more = {}) => ({ model: MODEL, messages: [{ role: 'user', content }], ...more });

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

test('a whole answer has text, usage, a reason and a request id', async () => {
  const answer = await client.chat.completions.create(ask('Say hello.'));

  assert.equal(answer.model, MODEL);
  assert.match(answer.choices[0].message.content, /simulated answer/);
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  assert.ok(answer._request_id);
});

test('a stream has the same text, its usage last', async () => {
  const whole = await client.chat.completions.create(ask('Say hello.'));
  const chunks = await all(await client.chat.completions.create(
    ask('Say hello.', { stream: true, stream_options: { include_usage: true } })));

  const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
  assert.equal(text, whole.choices[0].message.content);
  assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
  assert.ok(chunks.at(-1).usage.completion_tokens > 0);
});

test('the helper for streams accumulates', async () => {
  const stream = client.chat.completions.stream(ask('Say hello.'));

  assert.match(await stream.finalContent(), /simulated answer/);
  assert.equal((await stream.finalChatCompletion()).choices[0].finish_reason, 'stop');
});

test('a tool is called, and its result answered', async () => {
  const question = ask('Use get_weather for Paris.', { tools: [WEATHER] });
  const first = await client.chat.completions.create(question);
  const message = first.choices[0].message;

  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  assert.equal(message.content, null);
  assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');

  const second = await client.chat.completions.create({
    ...question,
    messages: [...question.messages, message,
      { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'Sunny.' }],
  });
  assert.equal(second.choices[0].finish_reason, 'stop');
});

test('a tool is called in a stream', async () => {
  const stream = client.chat.completions.stream(
    ask('Anything.', { tools: [WEATHER], tool_choice: 'required' }));
  const message = await stream.finalMessage();

  assert.equal(message.tool_calls[0].function.name, 'get_weather');
  assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');
});

test('an answer follows a schema', async () => {
  const answer = await client.chat.completions.create(ask('Where?', {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'place', schema: WEATHER.function.parameters, strict: true },
    },
  }));

  assert.equal(typeof JSON.parse(answer.choices[0].message.content).city, 'string');
});

test('models are listed and found', async () => {
  const models = await all(client.models.list());

  assert.ok(models.some((model) => model.id === MODEL));
  assert.ok(models.every((model) => model.object === 'model' && Number.isInteger(model.created)));
  assert.equal((await client.models.retrieve('ollama/qwen-fast')).id, 'ollama/qwen-fast');
});

test('errors have their class, code and field, and are not retried', async () => {
  const wire = recorder();
  const eager = new OpenAI({ baseURL: `${USUAL}/v1`, apiKey: 'unused', fetch: wire.fetch });

  await assert.rejects(eager.chat.completions.create({ ...ask('Hi'), model: 'nothing' }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, 'model_not_found');
    assert.ok(error.requestID);
    return true;
  });
  await assert.rejects(eager.chat.completions.create(ask('Hi', { n: 2 })), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'n');
    return true;
  });
  await assert.rejects(
    eager.chat.completions.create(ask('abcd '.repeat(60_000), { stream: true })), (error) => {
      assert.equal(error.status, 400);
      assert.equal(error.code, 'context_length_exceeded');
      assert.match(error.message, /maximum context length is 65536 tokens.*resulted in \d+ tokens/);
      return true;
    });
  assert.equal(wire.seen.length, 3);
  assert.ok(wire.seen.every((one) => one.headers.get('x-should-retry') === 'false'));
});

test('whoever is refused for the queue comes back when it was told to', async () => {
  const release = await occupy();
  const wire = recorder();
  const patient = new OpenAI({
    baseURL: `${FULL}/v1`, apiKey: 'unused', maxRetries: 5,
    fetch: async (...request) => {
      const response = await wire.fetch(...request);
      release();
      return response;
    },
  });

  const answer = await patient.chat.completions.create(ask('Say hello.'));

  assert.match(answer.choices[0].message.content, /simulated/);
  const [refused, again] = wire.seen;
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get('x-should-retry'), 'true');
  assert.match(refused.headers.get('retry-after'), /^([1-9]|[1-4]\d|5[0-4])$/);
  const told = Number(refused.headers.get('retry-after-ms'));
  assert.ok(again.asked - refused.answered >= told - 50, `${again.asked - refused.answered} < ${told}`);
  assert.equal(again.sent.get('x-stainless-retry-count'), '1');
  assert.equal(wire.seen.at(-1).status, 200);
});
