// Now: who holds which slot and why, who waits, and what limits it.

import { html, useEffect, useMemo, useState } from '../lib/preact.js';
import { memo, Ticking, useDocument, useLater } from '../hooks.js';
import { Badge, Empty, Figure, Gauge, Segments, Waiting } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { LongTable } from '../parts/list.js';
import { Backend } from '../parts/lanes.js';
import { waitingMenu } from '../parts/actions.js';
import { clock, count, plural, short, until } from '../view/format.js';
import { memoryWords } from '../view/models.js';
import { CLASSES, hosts, matching, phasesLine, queueLine, summary, waiting } from '../view/now.js';

export default function Now() {
  const doc = useDocument();
  const late = useLater(doc) ?? doc;
  if (!doc) return html`<${LostFeed} /><${Waiting} what="Waiting for the gateway's first word" />`;
  return html`<${LostFeed} />
    <${Alerts} alerts=${doc.alerts} />
    <${Head} doc=${doc} />
    <div class="now-columns">
      <${Slots} doc=${doc} />
      <${Room} doc=${late} />
    </div>`;
}

function Alerts({ alerts = {} }) {
  const all = Object.entries(alerts);
  return all.length > 0 && html`<section aria-label="Alerts">${all.map(([id, alert]) => html`
    <div key=${id} class=${`banner ${alert.severity === 'critical' ? 'bad' : 'warn'}`}>
      <strong>${alert.severity}</strong><span>${alert.text} <span class="muted">for <${Ticking} text=${(now) => clock(now - alert.fired)} /></span></span>
    </div>`)}</section>`;
}

const Head = memo(({ doc }) => {
  const sums = summary(doc);
  const { answered = 0, failed = 0, cancelled = 0 } = doc.totals ?? {};
  return html`<section class="limit" aria-label="What limits it now">
    <p class="limit-sentence"><span class="eyebrow">What limits it now</span>${doc.limit || 'Nothing: there is a free slot for whoever comes.'}</p>
    <dl class="figures">
      <${Figure} name="slots busy" title=${phasesLine(sums)}>${count(sums.busy)}<small>/${count(sums.slots)}</small><//>
      <${Figure} name="waiting">${count(sums.waiting)}<//>
      <${Figure} name="longest wait">${sums.oldest === null ? '–' : html`<${Ticking} text=${(now) => clock(now - sums.oldest)} />`}<//>
      <${Figure} name="tokens/s">${short(Math.round(sums.rate))}<//>
      <${Figure} name="answered" title=${`${count(cancelled)} cancelled`}>${short(answered)}<//>
      <${Figure} name="failed" tone=${failed > 0 ? 'bad' : ''}>${short(failed)}<//>
    </dl>
  </section>`;
});

const Slots = memo(({ doc }) => {
  // How soon an operator sees something, in the browser's own list of marks.
  useEffect(() => { performance.mark('first-lane'); }, []);
  const all = hosts(doc);
  return html`<section class="slots" aria-labelledby="slots-title">
    <h2 id="slots-title" class="section">Slots <${Legend} /></h2>
    ${all.length === 0 && html`<${Empty} title="No backend is configured.">Name an Ollama under <code>backends:</code> in the configuration; a changed file is taken up by itself.<//>`}
    ${all.map((host) => html`<div class="host" key=${host.name}>
      <${Host} host=${host} alone=${host.backends.length === 1 && host.backends[0][0] === host.name} />
      ${host.backends.map(([id, backend]) => html`<${Backend} key=${id} id=${id} backend=${backend} models=${doc.models} />`)}
    </div>`)}
  </section>`;
});

const LEGEND = [['loading', 'loading'], ['cached', 'prompt, cached'], ['prompt', 'prompt'], ['output', 'answer'], ['held', 'held'], ['ghost', 'ghost']];

const Legend = () => html`<span class="legend" aria-hidden="true">${LEGEND.map(([phase, word]) => html`<span key=${phase}><i class=${`swatch ${phase}`}></i>${word}</span>`)}</span>`;

function Host({ host, alone }) {
  const { memory_total: total, memory_used: used } = host.memory ?? {};
  if (alone && !total) return null;
  return html`<div class="host-line"><span class="host-name">${host.name}</span>
    ${total > 0 && html`<${Gauge} share=${used / total} label=${`Memory of ${host.name}`} tone=${used / total > 0.92 ? 'bad' : ''} />
      <span class="muted">${memoryWords(used, total)}</span>`}
  </div>`;
}

const COLUMNS = [
  { key: 'place', title: html`<span aria-hidden="true">#</span><span class="sr-only">Place</span>`, class: 'num' },
  { key: 'class', title: 'Class' },
  { key: 'who', title: 'Client and model', class: 'who' },
  { key: 'age', title: 'Waits', class: 'num' },
  { key: 'start', title: 'Starts', class: 'num' },
  { key: 'act', title: html`<span class="sr-only">Actions</span>` },
];

const Room = memo(({ doc }) => {
  const [text, setText] = useState('');
  const [only, setOnly] = useState('');
  const all = useMemo(() => waiting(doc), [doc.waiting]);
  const rows = useMemo(() => matching(all, text, only), [all, text, only]);
  return html`<section class="room" aria-labelledby="room-title">
    <h2 id="room-title" class="section">Waiting room <span class="muted">${all.length === 0 ? '' : queueLine(doc)}</span></h2>
    ${all.length === 0
      ? html`<${Empty} title="Nobody waits.">Requests that find no free slot stand here, who is next first.<//>`
      : html`<div class="row tools">
          <input class="grow" type="search" placeholder="Client, model, id" aria-label="Search those that wait" value=${text} onInput=${(event) => setText(event.currentTarget.value)} />
          <${Segments} label="Class" value=${only} onChange=${setOnly} options=${[['', 'all'], ...CLASSES.map((name) => [name, name])]} />
        </div>
        ${rows.length < all.length && html`<p class="muted">${plural(rows.length, 'request')} of ${count(all.length)}</p>`}
        <${LongTable} label="Requests that wait, who is next first" items=${rows} keyOf=${(row) => row.exchange} height=${46}
          columns=${COLUMNS} row=${cells} />`}
  </section>`;
});

const cells = (row) => [
  count(row.place),
  html`<${Badge} tone=${`class-${row.class}`}>${row.class}<//>`,
  html`<span class="two-lines"><span class="clip">${row.client}</span><span class="clip muted">${row.model}${row.why ? ` · ${row.why}` : ''}</span></span>`,
  html`<${Ticking} text=${(now) => clock(now - row.arrived)} />`,
  row.expected_start ? html`<${Ticking} text=${(now) => until(row.expected_start, now)} />` : html`<span class="muted">later</span>`,
  html`<button class="icon" aria-haspopup="menu" aria-label=${`Actions for ${row.client}, place ${row.place}`}
    onClick=${(event) => waitingMenu(event, row)}><span aria-hidden="true">⋯</span></button>`,
];
