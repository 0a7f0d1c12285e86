// What else is sent with a chat of the Playground.

import { html } from '../lib/preact.js';
import { Choice } from './ui.js';
import { DIALECTS } from '../view/dialects.js';
import { SAMPLE_TOOLS } from '../view/chat.js';

export const START = { dialect: 'chat', system: '', temperature: '', topP: '', maxTokens: '', thinking: '', seed: '', tools: '' };

const THINKING = [['', 'as the model wants'], ['off', 'off'], ['low', 'low'], ['medium', 'medium'], ['high', 'high']];
const NUMBERS = [['temperature', 'Temperature', '0', '2', '0.1'], ['topP', 'Top p', '0', '1', '0.05'], ['maxTokens', 'Most tokens', '1', '', '1'], ['seed', 'Seed', '0', '', '1']];

/** As dialects want them: numbers as numbers, tools as a list, nothing where nothing was set. */
export function settings(given) {
  const number = (text) => (text === '' || text === null || Number.isNaN(Number(text)) ? undefined : Number(text));
  return {
    system: given.system || undefined,
    temperature: number(given.temperature), topP: number(given.topP), maxTokens: number(given.maxTokens), seed: number(given.seed),
    thinking: given.thinking || undefined,
    tools: given.tools.trim() ? JSON.parse(given.tools) : [],
  };
}

export function Parameters({ given, change, problem, who, apiKey, setKey }) {
  const put = (name) => (value) => change((before) => ({ ...before, [name]: value }));
  return html`<section class="panel padded parameters" aria-label="Parameters">
    <div class="row">
      <${Choice} label="Dialect" value=${given.dialect} onChange=${put('dialect')} options=${Object.entries(DIALECTS).map(([id, { name }]) => [id, name])} />
      <${Choice} label="Thinking" value=${given.thinking} onChange=${put('thinking')} options=${THINKING} />
      ${NUMBERS.map(([name, label, min, max, step]) => html`<label key=${name} class="field"><span>${label}</span><input class="tiny" type="number" min=${min} max=${max || undefined} step=${step}
        placeholder="auto" value=${given[name]} onInput=${(event) => put(name)(event.currentTarget.value)} /></label>`)}
      ${who.keys && html`<label class="field"><span>Key</span><input class="short" type="password" autocomplete="off" placeholder="kept in this page only" value=${apiKey} onInput=${(event) => setKey(event.currentTarget.value)} /></label>`}
    </div>
    <div class="pair">
      <label class="field wide"><span>System text</span><textarea rows="3" value=${given.system} onInput=${(event) => put('system')(event.currentTarget.value)}></textarea></label>
      <div class="field wide"><span class="row spread"><label for="tools">Tools, as JSON</label>
        ${given.tools.trim()
          ? html`<button type="button" class="link" onClick=${() => put('tools')('')}>none</button>`
          : html`<button type="button" class="link" onClick=${() => put('tools')(SAMPLE_TOOLS)}>an example</button>`}</span>
        <textarea id="tools" class="mono" rows="3" spellcheck="false" aria-invalid=${String(Boolean(problem))} aria-describedby=${problem ? 'tools-problem' : undefined} value=${given.tools}
          onInput=${(event) => put('tools')(event.currentTarget.value)}></textarea>
        ${problem && html`<p id="tools-problem" class="note bad">${problem}</p>`}</div>
    </div>
  </section>`;
}
