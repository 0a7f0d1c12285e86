// What if: the recorded requests of the last hours once more, in virtual time, with other settings.

import { html, useState } from '../lib/preact.js';
import { useFeed, useKept } from '../hooks.js';
import { call } from '../api.js';
import { Empty, Failed, Gauge } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { count, span } from '../view/format.js';
import { change, command, gathered, KNOBS, MEASURES, shareOf, SINCE, table, wishes } from '../view/whatif.js';

export default function WhatIf() {
  const [since, setSince] = useKept('whatif.since', '8h');
  const [given, setGiven] = useKept('whatif.with', {});
  const [state, setState] = useState({ busy: false, error: null, answer: null, runs: [] });
  const backends = useFeed((it) => it.document?.backends);
  const ids = Object.keys(backends ?? {});
  const wanted = wishes(given, ids);
  const run = async (event) => {
    event.preventDefault();
    setState((before) => ({ ...before, busy: true, error: null }));
    try {
      const answer = await call('/ccproxy/replay', {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-ccproxy-console': '1' }, body: JSON.stringify({ since, with: wanted }),
      });
      // Runs over the same requests can be compared; others begin a new table.
      setState((before) => {
        const same = before.answer?.requests === answer.requests && before.since === since;
        return { busy: false, error: null, answer, since, runs: gathered(same ? before.runs : [], answer.replayed) };
      });
    } catch (error) {
      setState((before) => ({ ...before, busy: false, error }));
    }
  };
  return html`<${LostFeed} />
    <p class="lead">Replays what was asked in the last hours, in virtual time, through the scheduler that also works here. Nothing is sent to an Ollama.</p>
    <form class="panel padded what-if" onSubmit=${run}>
      <div class="knobs">
        <label class="field wide"><span>requests of the last</span><select value=${since} onChange=${(event) => setSince(event.currentTarget.value)}>${SINCE.map(([id, name]) => html`<option key=${id} value=${id} selected=${id === since}>${name}</option>`)}</select></label>
        ${KNOBS.map((knob) => html`<${Knob} key=${knob.key} knob=${knob} ids=${ids} value=${given[knob.key] ?? ''} change=${(value) => setGiven((before) => ({ ...before, [knob.key]: value }))} />`)}
      </div>
      <div class="row spread"><code class="command">${command(since, wanted)}</code>
        <div class="row">${Object.keys(wanted).length > 0 && html`<button type="button" class="plain" onClick=${() => setGiven({})}>Clear</button>`}
          <button class="primary" disabled=${state.busy}>${state.busy ? 'Replaying …' : 'Replay'}</button></div></div>
    </form>
    ${state.error && html`<${Failed} what="The replay did not run." error=${state.error}>Nothing was changed; the other screens still work.<//>`}
    ${!state.answer && !state.error && html`<${Empty} title="What would other settings have done?">Set one, and replay: the numbers stand beside what happened. What is left empty stays as it is.<//>`}
    ${state.answer && html`<${Outcome} answer=${state.answer} runs=${state.runs} clear=${() => setState({ busy: false, error: null, answer: null, runs: [] })} />`}`;
}

function Knob({ knob: { key, name, hint, input, options, backends }, ids, value, change: put }) {
  const id = `knob-${key}`;
  const choices = backends ? ids : options;
  return html`<div class="field wide"><label for=${id}>${name}</label>
    ${choices
      ? html`<select id=${id} value=${value} aria-describedby=${`${id}-hint`} onChange=${(event) => put(event.currentTarget.value)}>${['', ...choices].map((one) => html`<option key=${one} value=${one} selected=${one === value}>${one || 'as it is'}</option>`)}</select>`
      : html`<input id=${id} ...${input} value=${value} placeholder="as it is" aria-describedby=${`${id}-hint`} onInput=${(event) => put(event.currentTarget.value)} />`}
    <small id=${`${id}-hint`} class="muted">${hint}</small></div>`;
}

function Outcome({ answer, runs, clear }) {
  const { requests, took_ms: took, recorded, notes = [] } = answer;
  const rows = table(recorded, runs);
  return html`<section class="panel" aria-labelledby="outcome-title">
    <div class="row spread padded"><h2 class="section flush" id="outcome-title">${count(requests)} requests <span class="muted">replayed in ${span(took)}</span></h2><button class="plain" onClick=${clear}>Clear results</button></div>
    <div class="scroll" tabindex="0" role="region" aria-label="What happened, and what would have"><table class="outcome">
      <thead><tr><th scope="col">run</th>${MEASURES.map(([key, name]) => html`<th key=${key} scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<${Run} key=${row.name} row=${row} all=${rows} />`)}</tbody>
    </table></div>
    ${notes.length > 0 && html`<ul class="notes padded muted">${notes.map((note) => html`<li key=${note}>${note}</li>`)}</ul>`}
  </section>`;
}

function Run({ row: { name, numbers, beside, why }, all }) {
  return html`<tr><th scope="row">${name}${why && html`<small class="muted">${why}</small>`}</th>${MEASURES.map(([key, words, write, better]) => {
    const { text, tone } = beside ? change(beside[key], numbers[key], better) : { text: '', tone: '' };
    return html`<td key=${key}><div class="row tight"><strong class="num">${write(numbers[key])}</strong>${text && html`<span class=${`${why ? '' : tone}-text num`}>${text}</span>`}</div>
      <${Gauge} share=${shareOf(numbers[key], all.map((one) => one.numbers[key]))} label=${words} /></td>`;
  })}</tr>`;
}
