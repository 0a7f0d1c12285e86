// The records, page by page, with filters; one of them opens beside.

import { html, useEffect, useRef, useState } from '../lib/preact.js';
import { feed, useAnswer } from '../hooks.js';
import { search } from '../api.js';
import { Badge, Choice, Empty, Failed, Waiting } from './ui.js';
import { Record } from './record.js';
import { moment, percent, short, span } from '../view/format.js';
import { toneOf } from '../view/usage.js';

const OUTCOMES = ['', 'completed', 'client_gone', 'cancelled', 'backend_error', 'backend_lost', 'timeout', 'refused', 'shutdown'];
const PAGE = 50;

export function Requests({ start }) {
  const given = { client: start.get('client') ?? '', model: start.get('model') ?? '', outcome: start.get('outcome') ?? '' };
  const [filters, setFilters] = useState({ from: '7d', ...given });
  const [pages, setPages] = useState(['']);
  const [opened, setOpened] = useState(start.get('id') ?? '');
  const section = useRef(null);
  const id = start.get('id') ?? '';
  useEffect(() => setOpened(id), [id]);
  useEffect(() => {
    if (given.client || given.outcome) section.current.scrollIntoView();
  }, []);
  const query = { ...filters, limit: PAGE, after: pages.at(-1) };
  const { data, error, loading, again } = useAnswer('/ccproxy/requests', query);
  const filter = (name, value) => {
    setPages(['']);
    setFilters((before) => ({ ...before, [name]: value }));
  };
  const rows = data?.requests ?? data?.rows ?? [];
  return html`<section class="panel" aria-labelledby="requests-title" ref=${section}>
    <div class="row spread padded">
      <h2 class="section flush" id="requests-title">Requests</h2>
      <div class="row">
        ${['client', 'model', 'conversation'].map((name) => html`<input key=${name} class="short" type="search" placeholder=${name} aria-label=${`Only this ${name}`}
          value=${filters[name] ?? ''} onChange=${(event) => filter(name, event.currentTarget.value.trim())} />`)}
        <${Choice} label="outcome" hidden value=${filters.outcome} onChange=${(value) => filter('outcome', value)} options=${OUTCOMES.map((it) => [it, it || 'any outcome'])} />
        <a class="button" href=${`/ccproxy/requests${search({ ...filters, limit: 1000, format: 'csv' })}`} download="requests.csv">Export CSV</a>
      </div>
    </div>
    ${error && html`<${Failed} what="The records could not be read." error=${error} again=${again} />`}
    ${loading && !data && html`<div class="padded"><${Waiting} what="Asking for records" /></div>`}
    ${data && rows.length === 0 && html`<div class="padded"><${Empty} title="No request fits.">${Object.values(given).some(Boolean) || filters.outcome ? 'Take a filter away.' : 'A record appears here when a request ends.'}<//></div>`}
    ${rows.length > 0 && html`<${Rows} rows=${rows} open=${setOpened} />`}
    ${(pages.length > 1 || data?.next) && html`<div class="row end padded">
      <span class="muted">page ${pages.length}</span>
      <button disabled=${pages.length < 2} onClick=${() => setPages(pages.slice(0, -1))}>Newer</button>
      <button disabled=${!data?.next} onClick=${() => setPages([...pages, data.next])}>Older</button>
    </div>`}
    ${opened && html`<${Opened} id=${opened} close=${() => setOpened('')} />`}
  </section>`;
}

function Rows({ rows, open }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of requests"><table class="requests">
    <thead><tr><th scope="col">arrived</th><th scope="col">client</th><th scope="col">model</th><th scope="col">outcome</th>
      <th scope="col" class="num">waited</th><th scope="col" class="num">prompt</th><th scope="col" class="num">cached</th><th scope="col" class="num">output</th><th scope="col" class="num">all in all</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.id}>
      <td class="first"><button class="link" aria-label=${`Open the request of ${row.client ?? 'nobody'} at ${moment(Date.parse(row.arrived), feed.now())}`} onClick=${() => open(row.id)}>${moment(Date.parse(row.arrived), feed.now())}</button></td>
      <td class="clip" title=${row.client}>${row.client}</td><td class="clip">${row.model ?? row.alias}</td>
      <td><${Badge} tone=${toneOf(row.outcome)}>${row.outcome}<//></td>
      <td class="num">${span(row.queue_ms)}</td><td class="num">${short(row.prompt_tokens)}</td><td class="num">${percent(row.prompt_tokens > 0 ? row.cached_tokens / row.prompt_tokens : undefined)}</td>
      <td class="num">${short(row.output_tokens)}</td><td class="num">${span(row.total_ms)}</td></tr>`)}</tbody>
  </table></div>`;
}

/** A request in a dialog of its own. */
export function Opened({ id, close }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  return html`<dialog ref=${dialog} class="side" aria-labelledby="opened-title" onClose=${close}>
    <div class="row spread"><h2 id="opened-title" class="flush">Request <span class="mono">${id}</span></h2>
      <button autofocus onClick=${() => dialog.current.close()}>Close</button></div>
    <${Record} id=${id} />
  </dialog>`;
}
