// One answer of a model, as it comes: thinking, text, calls, and how quick it was.

import { html, useState } from '../lib/preact.js';
import { memo } from '../hooks.js';
import { Badge } from './ui.js';
import { count, rate, span } from '../view/format.js';
import { speed } from '../view/chat.js';

export const Answer = memo(({ answer, asks, answerCalls }) => {
  const { model, text, thinking, calls, error, end, ended, stopped } = answer;
  const silent = !ended && !text && !thinking && calls.length === 0;
  return html`<article class="answer" aria-label=${`Answer of ${model}`} aria-busy=${String(!ended)}>
    <header class="row tight"><strong>${model}</strong>${answer.answeredBy && answer.answeredBy !== model && html`<span class="muted">answered by ${answer.answeredBy}</span>`}</header>
    ${thinking && html`<details class="thinking" open=${!text}><summary>Thinking</summary><div class="prose">${thinking}</div></details>`}
    ${silent && html`<p class="muted waits">Waiting for the first word …</p>`}
    ${text && html`<div class="prose">${text}${!ended && html`<span class="caret" aria-hidden="true"></span>`}</div>`}
    ${calls.length > 0 && html`<${Calls} calls=${calls} asks=${asks && Boolean(ended)} send=${answerCalls} />`}
    ${error && html`<p class="note bad" role="alert">${error}</p>`}
    ${stopped && html`<p class="muted">Stopped.</p>`}
    ${ended && !error && !stopped && ['length', 'max_tokens', 'max_output_tokens'].includes(end) && html`<p class="note">The answer reached its limit of tokens.</p>`}
    ${ended && html`<${Foot} answer=${answer} />`}
  </article>`;
});

function Foot({ answer }) {
  const { first, rate: perSecond } = speed(answer);
  const { usage, backend, queued, request } = answer;
  const parts = [first !== null && `first word after ${span(first)}`, queued > 0 && `${span(queued)} of it in the queue`, perSecond && rate(perSecond),
    usage?.prompt > 0 && `${count(usage.prompt)} + ${count(usage.output)} tokens`, backend].filter(Boolean);
  return html`<footer class="muted">${parts.join(' · ')}${request && html` · <a href=${`#/usage?id=${encodeURIComponent(request)}`}>record</a>`}</footer>`;
}

/** Calls with a place for what they come to, so that the chat goes on as an agent's does. */
function Calls({ calls, asks, send }) {
  const [results, setResults] = useState({});
  const submit = (event) => {
    event.preventDefault();
    send(calls.map(({ id, name }) => ({ id, name, text: results[id] ?? '' })));
  };
  return html`<form class="calls" onSubmit=${submit}>
    ${calls.map((call) => html`<div key=${call.index} class="call">
      <p><${Badge} tone="accent">calls<//> <code>${call.name}</code></p>
      <pre>${pretty(call.arguments)}</pre>
      ${asks && html`<label class="field wide"><span>What ${call.name} comes to</span><textarea rows="2" value=${results[call.id] ?? ''} onInput=${(event) => {
        const { value } = event.currentTarget;
        setResults((all) => ({ ...all, [call.id]: value }));
      }}></textarea></label>`}
    </div>`)}
    ${asks && html`<button class="primary">Send the ${calls.length === 1 ? 'result' : 'results'}</button>`}
  </form>`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
