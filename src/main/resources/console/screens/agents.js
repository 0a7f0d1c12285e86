// Agents: who uses the machines, who waits, who makes caches useless and how; and stopping one.

import { html, useMemo, useState } from '../lib/preact.js';
import { useAnswer, useDocument, useKept } from '../hooks.js';
import { Empty, Failed, Gauge, Segments, Waiting } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { stop } from '../parts/actions.js';
import { brief, count, percent } from '../view/format.js';
import { COLUMNS, losses, ordered, rows } from '../view/agents.js';

const PERIODS = [['1h', '1 h'], ['24h', '24 h'], ['7d', '7 days'], ['30d', '30 days']];
const KINDS = [['client', 'clients'], ['conversation', 'conversations']];
const MOST = 200;
const FIRST = 3;

export default function Agents() {
  const [period, setPeriod] = useKept('agents.period', '24h');
  const [by, setBy] = useKept('agents.by', 'client');
  const [text, setText] = useState('');
  const usage = useAnswer('/ccproxy/usage', { from: period, by, limit: 2000 }, { every: 15_000 });
  const lost = useAnswer('/ccproxy/requests', { from: period, lost_tokens: '>0', limit: 1000 }, { every: 30_000 });
  const working = useWorking();
  const off = usage.error?.kind === 'records_off' || /records/.test(usage.error?.message ?? '');
  if (off) {
    return html`<${LostFeed} /><${Empty} title="No records are kept.">Set <code>records.store: sqlite</code> in the configuration; what each agent used is known from then on.<//>
      <${Live} working=${working} />`;
  }
  return html`<${LostFeed} />
    <div class="row spread">
      <div class="row"><${Segments} label="Period" value=${period} onChange=${setPeriod} options=${PERIODS} /><${Segments} label="Of whom" value=${by} onChange=${setBy} options=${KINDS} /></div>
      <input type="search" class="short" placeholder="Search" aria-label=${`Search ${by}s`} value=${text} onInput=${(event) => setText(event.currentTarget.value)} />
    </div>
    <${Losses} answer=${lost} />
    ${usage.error && html`<${Failed} what="What agents used could not be read." error=${usage.error} again=${usage.again}>Now and Timeline still work.<//>`}
    ${!usage.data && usage.loading && html`<${Waiting} what="Adding up" />`}
    ${usage.data && usage.data.rows.length === 0 && html`<${Empty} title="No agent asked anything in this time.">Agents appear when their first request ends. <a href="#/now">Now</a> shows who is at work.<//>`}
    ${usage.data && usage.data.rows.length > 0 && html`<${Table} usage=${usage.data} by=${by} text=${text} working=${working} />`}`;
}

/** How much of each client waits and runs at this moment. */
function useWorking() {
  const doc = useDocument();
  return useMemo(() => {
    const found = new Map();
    const note = (client, kind) => {
      if (!client) return;
      if (!found.has(client)) found.set(client, { running: 0, waiting: 0 });
      found.get(client)[kind]++;
    };
    for (const { slots = {} } of Object.values(doc?.backends ?? {})) {
      for (const { client, phase } of Object.values(slots)) if (['loading', 'prompt', 'output'].includes(phase)) note(client, 'running');
    }
    for (const { client } of Object.values(doc?.waiting ?? {})) note(client, 'waiting');
    return found;
  }, [doc]);
}

function Losses({ answer: { data, error, again } }) {
  const found = useMemo(() => losses(data?.requests ?? data?.rows ?? []), [data]);
  if (error) return html`<${Failed} what="What changed prefixes cost could not be read." error=${error} again=${again} />`;
  if (!data || found.length === 0) return null;
  return html`<section class="panel padded" aria-labelledby="losses-title">
    <h2 class="section" id="losses-title">Lost by changed prefixes</h2>
    <${Losers} losses=${found.slice(0, FIRST)} />
    ${found.length > FIRST && html`<details class="small"><summary>${count(found.length - FIRST)} more</summary><${Losers} losses=${found.slice(FIRST, FIRST + 50)} /></details>`}
  </section>`;
}

const Losers = ({ losses: some }) => html`<ul class="stack">${some.map((loss) => html`<li key=${loss.client + loss.where}><strong>${loss.client}</strong>: ${loss.says}. <span class="muted">${loss.advice}</span></li>`)}</ul>`;

function Table({ usage, by, text, working }) {
  const [order, setOrder] = useState(['machine_seconds', -1]);
  const all = useMemo(() => ordered(rows(usage, by, text), order), [usage, by, text, order]);
  const sortBy = (column) => setOrder(([now, way]) => [column, now === column ? -way : column === 'name' ? 1 : -1]);
  const sorting = (column) => (order[0] === column ? (order[1] < 0 ? 'descending' : 'ascending') : undefined);
  const arrow = (column) => (order[0] === column ? (order[1] < 0 ? ' ↓' : ' ↑') : '');
  const title = (column, words) => html`<th key=${column} scope="col" class=${column === 'name' ? '' : 'num'} aria-sort=${sorting(column)}><button onClick=${() => sortBy(column)}>${words}${arrow(column)}</button></th>`;
  return html`<section class="panel" aria-label=${`By ${by}`}>
    ${all.length === 0 && html`<p class="muted padded">None fits the search.</p>`}
    <div class="scroll" tabindex="0" role="region" aria-label=${`Sums by ${by}`}><table class="agent-table">
      <thead><tr>${title('name', by)}<th scope="col">share of machine</th>${COLUMNS.map(([column, words]) => title(column, words))}${by === 'client' && html`<th scope="col">at work</th><th scope="col"><span class="sr-only">Actions</span></th>`}</tr></thead>
      <tbody>${all.slice(0, MOST).map((row) => html`<${Row} key=${row.name} row=${row} by=${by} now=${working.get(row.name)} />`)}</tbody>
    </table></div>
    ${all.length > MOST && html`<p class="muted padded">The first ${count(MOST)} of ${count(all.length)}: search for others.</p>`}
  </section>`;
}

function Row({ row, by, now }) {
  const name = row.name || 'none';
  return html`<tr><th scope="row" class="clip" title=${row.name}>${row.name ? html`<a href=${`#/usage?${by}=${encodeURIComponent(row.name)}`}>${by === 'conversation' ? brief(name, 20) : name}</a>` : html`<span class="muted">none</span>`}</th>
    <td class="share"><span class="row tight"><${Gauge} share=${row.share} label=${`Share of ${name}`} /><span class="num muted">${percent(row.share)}</span></span></td>
    ${COLUMNS.map(([column, , write]) => html`<td key=${column} class=${`num ${column === 'failed' && row.failed > 0 ? 'bad-text' : ''}`}>${write(row)}</td>`)}
    ${by === 'client' && html`<td>${now ? atWork(now) : html`<span class="muted">idle</span>`}</td>
      <td class="num">${now && html`<button class="danger small-button" aria-label=${`Stop all work of ${name}`} onClick=${() => stop(row.name)}>Stop</button>`}</td>`}
  </tr>`;
}

const atWork = ({ running, waiting }) => [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(', ');

/** Without records, at least who is at work. */
function Live({ working }) {
  return working.size > 0 && html`<section class="panel padded" aria-label="At work"><ul class="stack">${[...working].map(([client, { running, waiting }]) => html`<li key=${client} class="row spread">
    <span>${client} <span class="muted">${atWork({ running, waiting })}</span></span><button class="danger small-button" aria-label=${`Stop all work of ${client}`} onClick=${() => stop(client)}>Stop</button></li>`)}</ul></section>`;
}
