// Playground: chat with any model, or with several side by side, in each of the four dialects.

import { html, useEffect, useMemo, useRef, useState } from '../lib/preact.js';
import { useKept } from '../hooks.js';
import { Empty, tell } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { Answer } from '../parts/answer.js';
import { Parameters, settings, START } from '../parts/parameters.js';
import { CodeDialog } from '../parts/codedialog.js';
import { stream } from '../parts/stream.js';
import { begun, DIALECTS, grown } from '../view/dialects.js';
import { history, toolProblem } from '../view/chat.js';
import '../models.js';

const MOST_PANES = 4;

export default function Playground({ who }) {
  const [panes, setPanes] = useKept('playground.panes', [{ id: 'a', model: '' }]);
  const [given, setGiven] = useKept('playground.parameters', START);
  const [key, setKey] = useState('');
  const [turns, setTurns] = useState([]);
  const [running, setRunning] = useState(0);
  const [open, setOpen] = useState(false);
  const [showCode, setShowCode] = useState(false);
  const [draft, setDraft] = useState('');
  const leave = useRef(null);
  const box = useRef(null);
  const problem = toolProblem(given.tools);

  useEffect(() => () => leave.current?.abort(), []);

  const update = (turn, pane, change) => setTurns((all) => all.map((one, index) => (index !== turn ? one
    : { ...one, answers: { ...one.answers, [pane]: change(one.answers[pane]) } })));

  const run = async (turn, all, asked) => {
    leave.current ??= new AbortController();
    const { signal } = leave.current;
    setRunning((n) => n + asked.length);
    await Promise.all(asked.map(async ({ id, model }) => {
      const change = (with_) => update(turn, id, with_);
      await stream({ dialect: given.dialect, body: DIALECTS[given.dialect].body(model, history(all, id), settings(given)), key, signal, change, grown });
      setRunning((n) => n - 1);
    }));
    if (signal === leave.current?.signal) leave.current = null;
  };

  const start = (turn, asked) => {
    const now = performance.now();
    const answers = Object.fromEntries(asked.map(({ id, model }) => [id, { ...begun(model), asked: now }]));
    const all = [...turns, { ...turn, answers: {} }];
    setTurns([...turns, { ...turn, answers }]);
    run(turns.length, all, asked);
  };

  const send = (event) => {
    event?.preventDefault();
    const text = draft.trim();
    if (!text || running > 0) return;
    if (problem) {
      setOpen(true);
      tell(`The tools are not right: ${problem}`, 'bad');
      return;
    }
    const asked = panes.filter(({ model }) => model);
    if (asked.length === 0) {
      tell('Choose a model first.', 'bad');
      return;
    }
    setDraft('');
    start({ text }, asked);
  };

  /** What the calls of one pane came to, as that pane's next turn. */
  const answerCalls = (pane, results) => {
    const chosen = panes.find(({ id }) => id === pane);
    if (chosen && running === 0) start({ results: { [pane]: results } }, [chosen]);
  };

  const stop = () => {
    leave.current?.abort();
    leave.current = null;
  };
  const keys = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || (!event.shiftKey && !matchMedia('(pointer: coarse)').matches)) && !event.isComposing) send(event);
    if (event.key === 'Escape' && running > 0) stop();
  };
  const choose = (id, model) => setPanes((all) => (all.some((pane) => pane.id === id && pane.model !== model) ? all.map((pane) => (pane.id === id ? { ...pane, model } : pane)) : all));
  const add = () => setPanes((all) => {
    const id = ['a', 'b', 'c', 'd'].find((name) => !all.some((pane) => pane.id === name));
    return [...all, { id, model: '' }];
  });
  const remove = (id) => setPanes((all) => all.filter((pane) => pane.id !== id));
  const body = useMemo(() => DIALECTS[given.dialect].body(panes[0].model || 'coding',
    history([...turns, { text: draft.trim() || 'Hello', answers: {} }], panes[0].id), problem ? {} : settings(given)), [showCode, given, panes]);

  useEffect(() => {
    box.current?.focus({ preventScroll: true });
  }, []);

  return html`<${LostFeed} />
    <div class="talk" data-panes=${panes.length > 1 ? panes.length : undefined}>
      ${turns.length === 0
        ? html`<${Empty} title="Ask a model something.">Choose it below, left of <em>Send</em>. <em>Compare</em> asks several at once. Requests from here wait and count as any client's.<//>`
        : html`<${Turns} turns=${turns} panes=${panes} running=${running} answerCalls=${answerCalls} />`}
    </div>
    ${open && html`<${Parameters} given=${given} change=${setGiven} problem=${problem} who=${who} apiKey=${key} setKey=${setKey} />`}
    <form class="composer panel" onSubmit=${send}>
      <textarea ref=${box} rows="2" aria-label="Your message" placeholder="Your message" value=${draft} onInput=${(event) => setDraft(event.currentTarget.value)} onKeyDown=${keys}></textarea>
      <div class="composer-foot">
        <div class="row tight grow">
          <button type="button" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>Parameters</button>
          <button type="button" onClick=${() => setShowCode(true)}>As code</button>
          ${turns.length > 0 && html`<button type="button" class="plain" onClick=${() => { stop(); setTurns([]); }}>New chat</button>`}
        </div>
        <div class="row tight models-row">
          ${panes.map((pane, index) => html`<${Chooser} key=${pane.id} pane=${pane} alone=${panes.length === 1} index=${index} choose=${choose} remove=${remove} apiKey=${key} />`)}
          ${panes.length < MOST_PANES && html`<button type="button" class="plain" aria-label="Compare: add another model" title="Add another model" onClick=${add}>+ Compare</button>`}
        </div>
        ${running > 0
          ? html`<button type="button" class="primary" onClick=${stop}>Stop</button>`
          : html`<button type="submit" class="primary" disabled=${!draft.trim()}>Send</button>`}
      </div>
    </form>
    ${showCode && html`<${CodeDialog} dialect=${given.dialect} body=${body} keyed=${who.keys} close=${() => setShowCode(false)} />`}`;
}

/** One selector; its element is no Preact component, so its events are listened to here. */
function Chooser({ pane, alone, index, choose, remove, apiKey }) {
  const element = useRef(null);
  useEffect(() => {
    const node = element.current;
    const changed = () => choose(pane.id, node.value);
    node.addEventListener('change', changed);
    node.addEventListener('models', changed);
    return () => {
      node.removeEventListener('change', changed);
      node.removeEventListener('models', changed);
    };
  }, [pane.id]);
  useEffect(() => {
    element.current.headers = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  }, [apiKey]);
  return html`<span class="chooser"><ccproxy-models ref=${element} src="/ccproxy/models" value=${pane.model || undefined} storage=${alone ? 'ccproxy.playground.model' : undefined}
      label=${alone ? 'Model' : `Model ${index + 1}`}></ccproxy-models>${!alone && html`<button type="button" class="icon" aria-label=${`Remove model ${index + 1}`} onClick=${() => remove(pane.id)}>×</button>`}</span>`;
}

function Turns({ turns, panes, running, answerCalls }) {
  const end = useRef(null);
  const near = useRef(true);
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => { near.current = entry.isIntersecting; }, { rootMargin: '0px 0px 240px 0px' });
    seen.observe(end.current);
    return () => seen.disconnect();
  }, []);
  // Who has scrolled up to read is left there.
  useEffect(() => {
    if (near.current) end.current.scrollIntoView({ block: 'end' });
  }, [turns]);
  return html`<ol class="turns">${turns.map((turn, index) => html`<li key=${index}>
      ${turn.text && html`<div class="asked"><span class="sr-only">You: </span>${turn.text}</div>`}
      <div class="answers" data-panes=${Object.keys(turn.answers).length}>${panes.filter(({ id }) => turn.answers[id]).map(({ id }) => html`<${Answer} key=${id} answer=${turn.answers[id]}
        asks=${index === turns.length - 1 && running === 0} answerCalls=${(results) => answerCalls(id, results)} />`)}</div>
    </li>`)}</ol><div ref=${end} class="talk-end"></div>`;
}
