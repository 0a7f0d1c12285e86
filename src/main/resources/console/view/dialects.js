// Four ways to ask for the same chat, and to read what comes back.
//
// A conversation is a list of messages: {role: 'user', text}, {role: 'assistant', text, thinking, signature, calls},
// {role: 'tool', id, name, text}. A call is {id, name, arguments} with its arguments as JSON text. What comes back is a
// list of pieces: {text}, {thinking}, {signature}, {call: {index, id, name, arguments}}, {usage: {prompt, output}},
// {end: reason}, {error: message}. The arguments of a call come in parts that belong together by its index.

import { eventReader, lineReader } from './sse.js';

export const DIALECTS = {
  chat: { name: 'OpenAI chat', path: '/v1/chat/completions', body: chatBody, reader: chatReader },
  responses: { name: 'OpenAI responses', path: '/v1/responses', body: responsesBody, reader: responsesReader },
  messages: { name: 'Anthropic messages', path: '/v1/messages', body: messagesBody, reader: messagesReader },
  ollama: { name: 'Ollama', path: '/api/chat', body: ollamaBody, reader: ollamaReader },
};

const parsed = (text, otherwise) => {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
};

/** Without what nobody set. */
const set = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ''));

// ---- OpenAI, chat completions
export function chatBody(model, messages, { system, temperature, topP, maxTokens, thinking, tools, seed } = {}) {
  return set({
    model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages.map(chatMessage)],
    stream: true,
    stream_options: { include_usage: true },
    temperature, top_p: topP, max_tokens: maxTokens, seed,
    reasoning_effort: thinking === 'off' ? 'none' : thinking,
    tools: tools?.length > 0 ? tools.map((tool) => ({ type: 'function', function: tool })) : undefined,
  });
}

function chatMessage({ role, text, calls, id }) {
  if (role === 'tool') return { role, tool_call_id: id, content: text };
  if (role === 'assistant' && calls?.length > 0) {
    return { role, content: text || null, tool_calls: calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments || '{}' } })) };
  }
  return { role, content: text };
}

function chatReader(take) {
  return eventReader(({ data }) => {
    if (data === '[DONE]') return;
    const chunk = parsed(data, {});
    if (chunk.error) take({ error: chunk.error.message ?? String(chunk.error) });
    if (chunk.usage) take({ usage: { prompt: chunk.usage.prompt_tokens, output: chunk.usage.completion_tokens } });
    const [choice] = chunk.choices ?? [];
    if (!choice) return;
    const { content, reasoning, reasoning_content: thinking, tool_calls: calls = [] } = choice.delta ?? {};
    if (thinking || reasoning) take({ thinking: thinking || reasoning });
    if (content) take({ text: content });
    for (const call of calls) take({ call: { index: call.index ?? 0, id: call.id, name: call.function?.name, arguments: call.function?.arguments ?? '' } });
    if (choice.finish_reason) take({ end: choice.finish_reason });
  });
}

// ---- OpenAI, responses
export function responsesBody(model, messages, { system, temperature, topP, maxTokens, thinking, tools } = {}) {
  return set({
    model,
    instructions: system,
    input: messages.flatMap(responsesItems),
    stream: true, store: false,
    temperature, top_p: topP, max_output_tokens: maxTokens,
    reasoning: thinking ? { effort: thinking === 'off' ? 'none' : thinking, summary: 'auto' } : undefined,
    tools: tools?.length > 0 ? tools.map((tool) => ({ type: 'function', ...tool })) : undefined,
  });
}

function responsesItems({ role, text, calls = [], id }) {
  if (role === 'tool') return [{ type: 'function_call_output', call_id: id, output: text }];
  return [
    ...(text ? [{ role, content: text }] : []),
    ...calls.map((call) => ({ type: 'function_call', call_id: call.id, name: call.name, arguments: call.arguments || '{}' })),
  ];
}

function responsesReader(take) {
  return eventReader(({ data }) => {
    const event = parsed(data, {});
    switch (event.type) {
      case 'response.output_text.delta': return take({ text: event.delta });
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta': return take({ thinking: event.delta });
      case 'response.output_item.added':
        return event.item?.type === 'function_call' && take({ call: { index: event.output_index, id: event.item.call_id, name: event.item.name, arguments: '' } });
      case 'response.function_call_arguments.delta': return take({ call: { index: event.output_index, arguments: event.delta } });
      case 'error': return take({ error: event.message ?? event.error?.message ?? 'the answer ended with an error' });
      case 'response.failed': return take({ error: event.response?.error?.message ?? 'the answer failed' });
      case 'response.completed':
      case 'response.incomplete': {
        const { usage, incomplete_details: why } = event.response ?? {};
        if (usage) take({ usage: { prompt: usage.input_tokens, output: usage.output_tokens } });
        return take({ end: why?.reason ?? 'completed' });
      }
      default: return undefined;
    }
  });
}

// ---- Anthropic, messages
const BUDGETS = { low: 1024, medium: 4096, high: 16_384 };
/** Messages wants a bound, and one above the budget of thinking. */
const USUAL = 4096;

export function messagesBody(model, messages, { system, temperature, topP, maxTokens, thinking, tools } = {}) {
  const budget = BUDGETS[thinking];
  return set({
    model,
    max_tokens: Math.max(Number(maxTokens) || USUAL, budget ? budget + 1024 : 0),
    system,
    messages: joined(messages.map(messagesMessage)),
    stream: true,
    temperature, top_p: topP,
    thinking: budget ? { type: 'enabled', budget_tokens: budget } : thinking === 'off' ? { type: 'disabled' } : undefined,
    tools: tools?.length > 0 ? tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })) : undefined,
  });
}

function messagesMessage({ role, text, thinking, signature, calls = [], id }) {
  if (role === 'tool') return { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: text }] };
  if (role === 'user') return { role, content: text };
  return {
    role,
    content: [
      ...(thinking && signature ? [{ type: 'thinking', thinking, signature }] : []),
      ...(text ? [{ type: 'text', text }] : []),
      ...calls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: parsed(call.arguments, {}) })),
    ],
  };
}

/** Results of several calls are one message. */
function joined(messages) {
  const all = [];
  for (const message of messages) {
    const last = all.at(-1);
    const both = last?.role === message.role && Array.isArray(last.content) && Array.isArray(message.content);
    if (both) last.content.push(...message.content);
    else all.push(message);
  }
  return all;
}

function messagesReader(take) {
  let prompt;
  return eventReader(({ data }) => {
    const event = parsed(data, {});
    switch (event.type) {
      case 'message_start': {
        const usage = event.message?.usage ?? {};
        prompt = (usage.input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
        return undefined;
      }
      case 'content_block_start':
        return event.content_block?.type === 'tool_use'
          && take({ call: { index: event.index, id: event.content_block.id, name: event.content_block.name, arguments: '' } });
      case 'content_block_delta': return messagesDelta(event, take);
      case 'message_delta': {
        const { usage, delta } = event;
        if (usage) take({ usage: { prompt: usage.input_tokens ?? prompt, output: usage.output_tokens } });
        return delta?.stop_reason && take({ end: delta.stop_reason });
      }
      case 'error': return take({ error: event.error?.message ?? 'the answer ended with an error' });
      default: return undefined;
    }
  });
}

function messagesDelta({ index, delta = {} }, take) {
  if (delta.type === 'text_delta') take({ text: delta.text });
  else if (delta.type === 'thinking_delta') take({ thinking: delta.thinking });
  else if (delta.type === 'signature_delta') take({ signature: delta.signature });
  else if (delta.type === 'input_json_delta') take({ call: { index, arguments: delta.partial_json } });
}

// ---- Ollama
export function ollamaBody(model, messages, { system, temperature, topP, maxTokens, thinking, tools, seed } = {}) {
  const options = set({ temperature, top_p: topP, num_predict: maxTokens, seed });
  return set({
    model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages.map(ollamaMessage)],
    stream: true,
    think: thinking ? (thinking === 'off' ? false : thinking) : undefined,
    options: Object.keys(options).length > 0 ? options : undefined,
    tools: tools?.length > 0 ? tools.map((tool) => ({ type: 'function', function: tool })) : undefined,
  });
}

function ollamaMessage({ role, text, thinking, calls = [], name }) {
  if (role === 'tool') return { role, tool_name: name, content: text };
  return {
    role, content: text ?? '',
    ...(thinking && { thinking }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => ({ function: { name: call.name, arguments: parsed(call.arguments, {}) } })) }),
  };
}

function ollamaReader(take) {
  let calls = 0;
  return lineReader((line) => {
    if (line.error) return take({ error: line.error });
    const { content, thinking, tool_calls: called = [] } = line.message ?? {};
    if (thinking) take({ thinking });
    if (content) take({ text: content });
    for (const { id, function: { name, arguments: given } } of called) {
      take({ call: { index: calls, id: id ?? `call_${calls}`, name, arguments: JSON.stringify(given ?? {}) } });
      calls++;
    }
    if (!line.done) return undefined;
    take({ usage: { prompt: line.prompt_eval_count, output: line.eval_count } });
    return take({ end: line.done_reason ?? 'stop' });
  });
}

// ---- An answer, piece by piece
export const begun = (model) => ({ model, text: '', thinking: '', signature: '', calls: [], usage: null, end: null, error: null });

/** The answer with one more piece. */
export function grown(answer, piece) {
  if (piece.text) return { ...answer, text: answer.text + piece.text };
  if (piece.thinking) return { ...answer, thinking: answer.thinking + piece.thinking };
  if (piece.signature) return { ...answer, signature: answer.signature + piece.signature };
  if (piece.usage) return { ...answer, usage: piece.usage };
  if (piece.error) return { ...answer, error: piece.error };
  if (piece.end) return { ...answer, end: piece.end };
  if (piece.call) {
    const calls = [...answer.calls];
    const at = calls.findIndex(({ index }) => index === piece.call.index);
    if (at < 0) calls.push({ ...piece.call });
    else calls[at] = { ...calls[at], ...set({ id: piece.call.id, name: piece.call.name }), arguments: calls[at].arguments + piece.call.arguments };
    return { ...answer, calls };
  }
  return answer;
}
