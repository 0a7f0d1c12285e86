// A backend, and a lane for each of its slots.

import { html } from '../lib/preact.js';
import { memo, Ticking, useTick } from '../hooks.js';
import { Badge } from './ui.js';
import { backendMenu, slotMenu } from './actions.js';
import { bytes, clock } from '../view/format.js';
import { conversationOf, detail, MEANINGS, PHASES, progress, sentence, slots, standing } from '../view/now.js';

export const Backend = memo(({ id, backend, models }) => html`<article class="panel backend" aria-labelledby=${`backend-${id}`}>
  <header class="backend-head">
    <h3 id=${`backend-${id}`}>${id}</h3>
    <${Stands} backend=${backend} />
    <span class="loaded">${loaded(backend)}</span>
    <button class="icon" aria-haspopup="menu" aria-label=${`Actions for ${id}`}
      onClick=${(event) => backendMenu(event, id, backend, Object.keys(models ?? {}))}><span aria-hidden="true">⋯</span></button>
  </header>
  <ul class="lanes" aria-label=${`Slots of ${id}`}>
    ${slots(backend).map(([number, slot]) => html`<${Lane} key=${number} number=${number} slot=${slot} />`)}
  </ul>
</article>`);

/** The word of a backend that is held back changes with time alone. */
function Stands({ backend }) {
  const element = useTick((node, now) => {
    const { word, tone, why } = standing(backend, now);
    node.className = `badge ${tone}`;
    if (node.textContent !== word) node.textContent = word;
    node.nextSibling.textContent = why;
  });
  return html`<span ref=${element} class="badge"></span><span class="why muted"></span>`;
}

function loaded(backend) {
  const names = Object.entries(backend.models_loaded ?? {});
  if (names.length === 0) return html`<span class="muted">no model loaded</span>`;
  return names.map(([name, { size, vram }]) => html`<${Badge} key=${name}
    title=${size ? `${bytes(size)}${vram < size ? `, ${bytes(vram)} of it on the GPU` : ''}` : ''}>${name}${size ? ` ${bytes(size)}` : ''}<//>`);
}

const Lane = memo(({ number, slot }) => {
  const bar = useTick((node, now) => {
    const { cached, done } = progress(slot, now);
    node.children[0].style.transform = `scaleX(${done.toFixed(4)})`;
    node.children[1].style.transform = `scaleX(${cached.toFixed(4)})`;
  });
  const label = useTick((node, now) => node.setAttribute('aria-label', sentence(number, slot, now)));
  const busy = slot.phase !== 'free';
  return html`<li class=${`lane ${slot.phase}`} ref=${label}>
    <span class="lane-number" aria-hidden="true">${number}</span>
    <span class="lane-phase" title=${MEANINGS[slot.phase]}>${PHASES[slot.phase] ?? slot.phase}</span>
    <span class="lane-who clip">${busy && html`<span title=${slot.exchange}>${slot.client ?? ''}</span> <span class="muted">${slot.model ?? ''}${slot.conversation ? ` · ${conversationOf(slot)}` : ''}</span>`}</span>
    <span class="bar" ref=${bar} aria-hidden="true"><i class="fill"></i><i class="fill cached"></i></span>
    <${Ticking} class="lane-detail clip" text=${(now) => detail(slot, now)} />
    <span class="lane-clock">${busy && slot.since ? html`<${Ticking} text=${(now) => clock(now - slot.since)} />` : ''}</span>
    ${busy && slot.exchange
      ? html`<button class="icon" aria-haspopup="menu" aria-label=${`Actions for ${slot.client ?? 'slot'} in slot ${number}`}
          onClick=${(event) => slotMenu(event, slot)}><span aria-hidden="true">⋯</span></button>`
      : html`<span></span>`}
  </li>`;
});
