// Usage: what was used, by whom, and what it cost; and each request of it.

import { html, useMemo, useState } from '../lib/preact.js';
import { feed, useAnswer, useKept } from '../hooks.js';
import { search } from '../api.js';
import { Badge, Choice, Empty, Failed, Figure, Gauge, Segments, Waiting } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { Stack } from '../parts/chart.js';
import { Requests } from '../parts/requests.js';
import { usePoints } from '../parts/points.js';
import { count, moment, money, percent, seconds, short } from '../view/format.js';
import { DIMENSIONS, largest, measured, MEASURES, PERIODS, stack, SUMS } from '../view/usage.js';

export default function Usage({ query }) {
  const [period, setPeriod] = useKept('usage.period', '7d');
  const [by, setBy] = useKept('usage.by', 'model');
  const [measure, setMeasure] = useKept('usage.measure', 'machine_seconds');
  const sums = useAnswer('/ccproxy/usage', { from: period, by });
  const off = sums.error?.kind === 'records_off' || /records/.test(sums.error?.message ?? '');
  if (off) {
    return html`<${LostFeed} /><${Empty} title="No records are kept.">Set <code>records.store: sqlite</code> in the configuration, and what each request used is kept and shown here.<//>
      <${Beside} />`;
  }
  return html`<${LostFeed} />
    <div class="row spread">
      <div class="row">
        <${Segments} label="Period" value=${period} onChange=${setPeriod} options=${PERIODS} />
        <${Choice} label="by" value=${by} onChange=${setBy} options=${DIMENSIONS} />
        <${Choice} label="show" value=${measure} onChange=${setMeasure} options=${MEASURES} />
      </div>
      <a class="button" href=${`/ccproxy/usage${search({ from: period, by, format: 'csv', limit: 10000 })}`} download="usage.csv">Export CSV</a>
    </div>
    ${sums.error && html`<${Failed} what="What was used could not be read." error=${sums.error} again=${sums.again}>The other screens still work.<//>`}
    ${!sums.data && sums.loading && html`<${Waiting} what="Adding up" />`}
    ${sums.data && html`<${Sums} sums=${sums.data} by=${by} measure=${measure} period=${period} />`}
    <${Requests} start=${query} />
    <${Beside} />`;
}

function Sums({ sums, by, measure, period }) {
  const { total, currency, rows } = sums;
  if (total.requests === 0) {
    return html`<${Empty} title="Nothing was asked in this time.">Point a client at this gateway, or try the <a href="#/playground">Playground</a>.<//>`;
  }
  return html`<dl class="figures panel padded">
      <${Figure} name="requests">${count(total.requests)}<//>
      <${Figure} name="failed" tone=${total.failed > 0 ? 'bad' : ''}>${count(total.failed)}<//>
      <${Figure} name="machine time">${seconds(total.machine_seconds)}<//>
      <${Figure} name="mean wait">${seconds(total.queue_seconds / total.requests)}<//>
      <${Figure} name="prompt tokens">${short(total.prompt_tokens)}<//>
      <${Figure} name="of it cached">${percent(total.prompt_tokens > 0 ? total.cached_tokens / total.prompt_tokens : undefined)}<//>
      <${Figure} name="output tokens">${short(total.output_tokens)}<//>
      <${Figure} name="cost">${money(total.cost, currency)}<//>
      <${Figure} name="saved">${money(total.saved, currency)}<//>
    </dl>
    <section class="panel padded" aria-label="Over time"><${OverTime} sums=${sums} by=${by} measure=${measure} period=${period} /></section>
    <section class="panel" aria-label=${`By ${by}`}><${Table} rows=${rows} by=${by} currency=${currency} /></section>`;
}

function OverTime({ sums, by, measure, period }) {
  const step = PERIODS.find(([id]) => id === period)[2];
  const names = useMemo(() => largest(sums.rows, by, measure), [sums, by, measure]);
  const { points, error, again } = usePoints({ period, by, measure, names, daily: step > 3_600_000 });
  const data = useMemo(() => points && stack(points, names, Date.parse(sums.from), Date.parse(sums.to), step), [points]);
  const write = useMemo(() => (value) => measured(measure, value, sums.currency), [measure, sums.currency]);
  const word = MEASURES.find(([id]) => id === measure)[1];
  if (error) return html`<${Failed} what="The chart could not be made." error=${error} again=${again}>The sums below are right.<//>`;
  if (!data) return html`<div class="chart-wait"><${Waiting} what="Adding up" /></div>`;
  return html`<h2 class="section">${word} <span class="muted">each ${step > 3_600_000 ? 'day' : 'hour'}, by ${by}</span></h2>
    <${Stack} data=${data} write=${write} unit=${measure.endsWith('_seconds') ? 'time' : 'number'} label=${`${word} over ${period} by ${by}; the table below has the sums`} />`;
}

function Table({ rows, by, currency }) {
  const [order, setOrder] = useState(['machine_seconds', -1]);
  const sorted = useMemo(() => [...rows].sort((a, b) => (a[order[0]] < b[order[0]] ? -1 : a[order[0]] > b[order[0]] ? 1 : 0) * order[1]), [rows, order]);
  const sortBy = (column) => setOrder(([now, way]) => [column, now === column ? -way : -1]);
  const sorting = (column) => (order[0] === column ? (order[1] < 0 ? 'descending' : 'ascending') : undefined);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${`Sums by ${by}`}><table>
    <thead><tr><th scope="col" aria-sort=${sorting(by)}><button onClick=${() => sortBy(by)}>${by}</button></th>
      ${SUMS.map(([column, title]) => html`<th key=${column} scope="col" class="num" aria-sort=${sorting(column)}><button onClick=${() => sortBy(column)}>${title}${order[0] === column ? (order[1] < 0 ? ' ↓' : ' ↑') : ''}</button></th>`)}</tr></thead>
    <tbody>${sorted.slice(0, 100).map((row) => html`<tr key=${row[by]}><th scope="row" class="clip" title=${row[by]}>${row[by] || html`<span class="muted">none</span>`}</th>
      ${SUMS.map(([column, , write]) => html`<td key=${column} class="num">${write(row, currency)}</td>`)}</tr>`)}</tbody>
  </table></div>
  ${sorted.length > 100 && html`<p class="muted padded">The first 100 of ${count(sorted.length)}; the CSV has all.</p>`}`;
}

/** Budgets and alerts. */
function Beside() {
  const budgets = useAnswer('/ccproxy/budgets', {}, { every: 30_000 });
  const alerts = useAnswer('/ccproxy/alerts', {}, { every: 15_000 });
  return html`<div class="pair">
    <section class="panel padded" aria-labelledby="budgets-title"><h2 class="section" id="budgets-title">Budgets</h2>
      ${budgets.error && html`<${Failed} what="Budgets could not be read." error=${budgets.error} again=${budgets.again} />`}
      ${budgets.data?.budgets.length === 0 && html`<p class="muted">None. <code>budgets:</code> bounds what a key, a client or everybody may use in a day, a week or a month.</p>`}
      <ul class="stack">${budgets.data?.budgets.map((budget) => html`<${Budget} key=${budget.name} budget=${budget} />`)}</ul>
    </section>
    <section class="panel padded" aria-labelledby="alerts-title"><h2 class="section" id="alerts-title">Alerts</h2>
      ${alerts.error && html`<${Failed} what="Alerts could not be read." error=${alerts.error} again=${alerts.again} />`}
      ${alerts.data && !alerts.data.watching && html`<p class="muted">Nothing is watched. <code>alerts: {on: true}</code> watches with the default rules.</p>`}
      ${alerts.data?.watching && alerts.data.firing.length + alerts.data.resolved.length === 0 && html`<p class="muted">Nothing is wrong, and nothing was since the start.</p>`}
      <ul class="stack">${[...(alerts.data?.firing ?? []), ...(alerts.data?.resolved ?? []).slice(0, 8)].map((alert) => html`<li key=${alert.id}>
        <${Badge} tone=${alert.resolved_at ? '' : alert.severity === 'critical' ? 'bad' : 'warn'}>${alert.resolved_at ? 'over' : alert.severity}<//> ${alert.text}
        <span class="muted"> since ${moment(Date.parse(alert.fired_at), feed.now())}${alert.resolved_at ? ` until ${moment(Date.parse(alert.resolved_at), feed.now())}` : ''}</span></li>`)}</ul>
    </section>
  </div>`;
}

function Budget({ budget }) {
  const tone = budget.share >= 1 ? 'bad' : budget.share >= budget.warn ? 'warn' : '';
  return html`<li><div class="row spread"><strong>${budget.name}</strong><span class="num muted">${percent(budget.share)}, begins anew ${moment(Date.parse(budget.resets_at), feed.now())}</span></div>
    <${Gauge} share=${budget.share} tone=${tone} label=${`Budget ${budget.name}`} /><span class="muted">${budget.text}</span></li>`;
}
