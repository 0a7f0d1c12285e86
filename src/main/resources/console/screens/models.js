// Models: who is there, what they can do, where they are loaded, how soon they answer; and the memory of each host.

import { html } from '../lib/preact.js';
import { useAnswer, useDocument } from '../hooks.js';
import { Badge, Empty, Failed, Gauge, Waiting } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { bytes, count, NONE, percent, span } from '../view/format.js';
import { memory, memoryWords, standingOf, windowOf } from '../view/models.js';

export default function Models() {
  const { data, error, again } = useAnswer('/ccproxy/models', {}, { every: 5000 });
  const doc = useDocument();
  return html`<${LostFeed} />
    ${error && html`<${Failed} what="The models could not be asked for." error=${error} again=${again}>${data ? 'What you see is how it was.' : 'The other screens may still work.'}<//>`}
    ${!data && !error && html`<${Waiting} what="Asking for the models" />`}
    ${data && data.models.length === 0 && html`<${Empty} title="No model is configured.">Name one under <code>models:</code>, with the Ollama name and the backends that have it.<//>`}
    ${data?.models.length > 0 && html`<section aria-label="Models"><div class="cards">${data.models.map((model) => html`<${Card} key=${model.id} model=${model} />`)}</div></section>`}
    ${doc && html`<${Memory} doc=${doc} />`}`;
}

function Card({ model }) {
  const { word, tone } = standingOf(model);
  return html`<article class="panel padded card" aria-labelledby=${`model-${model.id}`}>
    <header class="row spread">
      <h2 id=${`model-${model.id}`}>${model.id}</h2>
      <span class="row tight">${model.badges.map((badge) => html`<${Badge} key=${badge} tone=${badge}>${badge}<//>`)}<${Badge} tone=${tone}>${word}<//></span>
    </header>
    ${model.reason && html`<p class="note bad">${model.reason}${model.alternative && html` · meanwhile <strong>${model.alternative}</strong> can answer`}</p>`}
    <dl class="facts">
      <div><dt>window</dt><dd>${windowOf(model.context)}</dd></div>
      <div><dt>wait now</dt><dd>${model.available ? (model.expected_wait_ms > 0 ? span(model.expected_wait_ms) : 'none') : NONE}</dd></div>
      <div><dt>waiting</dt><dd>${count(model.waiting)}</dd></div>
      <div><dt>from cache</dt><dd>${percent(model.cache_hit_share)}</dd></div>
      <div class="wide"><dt>can</dt><dd>${model.abilities.map((ability) => (ability === 'completion' ? 'text' : ability)).join(', ') || NONE}</dd></div>
      <div class="wide"><dt>loaded on</dt><dd>${model.backends.map((backend) => html`<${Badge} key=${backend} tone=${model.loaded_on.includes(backend) ? 'good' : ''}
        title=${model.loaded_on.includes(backend) ? 'loaded' : 'not loaded'}>${backend}${model.loaded_on.includes(backend) ? '' : html` <span class="sr-only">not loaded</span>`}<//> `)}</dd></div>
      ${model.aliases.length > 0 && html`<div class="wide"><dt>aliases</dt><dd class="aliases">${model.aliases.map((alias) => html`<code key=${alias}>${alias}</code> `)}</dd></div>`}
    </dl>
  </article>`;
}

function Memory({ doc }) {
  const hosts = memory(doc);
  return html`<section class="panel padded" aria-labelledby="memory-title">
    <h2 class="section" id="memory-title">Memory of the hosts</h2>
    ${hosts.length === 0 && html`<p class="muted">No backend reports yet.</p>`}
    <div class="hosts">${hosts.map((host) => html`<div key=${host.name} class="host-memory">
      <div class="row spread"><strong>${host.name}</strong><span class="muted num">${memoryWords(host.total ? host.used : host.models, host.total)}</span></div>
      ${host.total > 0 && html`<${Gauge} share=${host.used / host.total} label=${`Memory of ${host.name}`} tone=${host.tight ? 'bad' : ''} />`}
      <ul class="loads">${host.loads.map((load) => html`<li key=${load.backend + load.model} class="row spread"><span class="clip">${load.model} <span class="muted">${load.backend}</span></span>
        <span class="num muted">${bytes(load.size)}${load.vram === 0 ? ' · on the CPU' : load.vram < load.size ? ` · ${bytes(load.vram)} on the GPU` : ''}</span></li>`)}
        ${host.loads.length === 0 && html`<li class="muted">No model is loaded.</li>`}</ul>
    </div>`)}</div>
    ${hosts.some((host) => !host.total) && hosts.length > 0 && html`<p class="muted small">A host's whole memory is shown when its <code>memory:</code> is configured or can be known; until then only what Ollama says of models.</p>`}
  </section>`;
}
