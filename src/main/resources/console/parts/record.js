// One request: its record, and why it started where it started.

import { html } from '../lib/preact.js';
import { feed, useAnswer, useFeed } from '../hooks.js';
import { piece } from '../api.js';
import { Badge, Failed, Waiting } from './ui.js';
import { moment } from '../view/format.js';
import { recordLines, toneOf } from '../view/usage.js';
import { comparison, signed } from '../view/decision.js';
import { whereabouts } from '../view/now.js';

export function Record({ id }) {
  // There is no record of what has not ended, and no start of what waits.
  const now = useFeed((it) => whereabouts(it.document, id));
  const record = useAnswer(now === null && `/ccproxy/requests/${piece(id)}`, {});
  const decision = useAnswer(now !== 'waits' && `/ccproxy/timeline/${piece(id)}`, {});
  return html`<div class="record">
    <${Decision} answer=${decision} />
    <h3 class="section">Record</h3>
    ${now && html`<p class="muted">It ${now === 'waits' ? 'waits for a slot' : 'still runs'}; its record is written when it ends.</p>`}
    ${record.loading && !record.data && html`<${Waiting} what="Asking for its record" />`}
    ${record.error && (record.error.status === 404
      ? html`<p class="muted">There is no record of it yet: one is written when a request ends.</p>`
      : html`<${Failed} what="Its record could not be read." error=${record.error} again=${record.again} />`)}
    ${record.data && html`<${Lines} record=${record.data} />`}
  </div>`;
}

function Lines({ record }) {
  const arrived = Date.parse(record.arrived);
  return html`<p class="row"><${Badge} tone=${toneOf(record.outcome)}>${record.outcome}<//><span class="muted">arrived ${moment(arrived, feed.now())}</span></p>
    <dl class="lines">${recordLines(record).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function Decision({ answer }) {
  if (answer.loading && !answer.data) return html`<${Waiting} what="Asking why it started there" />`;
  if (answer.error) {
    return html`<h3 class="section">Why there</h3>${answer.error.status === 404
      ? html`<p class="muted">The decision is not known: it is kept for the last 24 hours, and only of requests that started.</p>`
      : html`<${Failed} what="The decision could not be read." error=${answer.error} again=${answer.again} />`}`;
  }
  if (!answer.data) return null;
  const { rows, zeros, chosen, next, verdict, says } = comparison(answer.data);
  return html`<h3 class="section">Why there</h3>
    <p class="verdict">${verdict}</p>
    ${says && html`<p class="muted">${says}</p>`}
    <div class="scroll" tabindex="0" role="region" aria-label="Terms of the decision"><table class="terms">
      <thead><tr><th scope="col">term</th><th scope="col" class="num">${chosen}</th>${next && html`<th scope="col" class="num">${next}</th>`}</tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.name}>
        <th scope="row">${row.name}${row.says && html`<small class="muted">${row.says}</small>`}</th>
        <td class="num">${signed(row.chosen, row.unit)}</td>${next && html`<td class="num">${signed(row.next, row.unit)}</td>`}</tr>`)}
      </tbody>
      <tfoot><tr><th scope="row">together</th><td class="num">${signed(answer.data.chosen.sum, 's')}</td>${next && html`<td class="num">${signed(answer.data.next.sum, 's')}</td>`}</tr></tfoot>
    </table></div>
    ${zeros.length > 0 && html`<p class="muted small">${next ? '0 for both' : '0'}: ${zeros.join(', ')}.</p>`}`;
}
