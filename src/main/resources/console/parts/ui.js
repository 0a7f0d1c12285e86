// The small things that all screens are made of.

import { html, useEffect, useLayoutEffect, useRef, useState } from '../lib/preact.js';

// ---- One line that says what was done; read out, and gone after a while.
let announce = () => {};
export const tell = (text, tone = 'good') => announce({ text, tone, at: performance.now() });

export function Told() {
  const [told, setTold] = useState(null);
  useEffect(() => {
    announce = setTold;
  }, []);
  useEffect(() => {
    if (!told) return undefined;
    const timer = setTimeout(() => setTold(null), told.tone === 'bad' ? 12_000 : 6000);
    return () => clearTimeout(timer);
  }, [told]);
  return html`<div class="told" role="status" aria-live="polite">
    ${told && html`<p class=${`toast ${told.tone}`}>${told.text}
      <button class="plain" aria-label="Dismiss" onClick=${() => setTold(null)}>×</button></p>`}
  </div>`;
}

// ---- Asking once before something is done.
let question = () => {};

/** Asks; `run` does it and gives the sentence that is told afterwards. */
export const confirm = (wish) => question(wish);

export function Question() {
  const [wish, setWish] = useState(null);
  const [state, setState] = useState({ busy: false, error: null });
  const dialog = useRef(null);
  useEffect(() => {
    question = (next) => {
      setState({ busy: false, error: null });
      setWish(next);
    };
  }, []);
  useLayoutEffect(() => {
    if (wish && !dialog.current.open) dialog.current.showModal();
  }, [wish]);
  const close = () => {
    dialog.current?.close();
    setWish(null);
  };
  const run = async (event) => {
    event.preventDefault();
    setState({ busy: true, error: null });
    try {
      tell(await wish.run());
      close();
    } catch (error) {
      setState({ busy: false, error: error.message });
    }
  };
  return wish && html`<dialog ref=${dialog} class="question" aria-labelledby="question-title" onClose=${() => setWish(null)}>
    <form method="dialog" onSubmit=${run}>
      <h2 id="question-title">${wish.title}</h2>
      <p>${wish.text}</p>
      ${state.error && html`<p class="note bad" role="alert">${state.error}</p>`}
      <div class="row end">
        <button type="button" onClick=${close}>Keep as it is</button>
        <button type="submit" class=${wish.danger ? 'danger' : 'primary'} disabled=${state.busy} autofocus>
          ${state.busy ? 'Working …' : wish.verb}</button>
      </div>
    </form>
  </dialog>`;
}

// ---- A menu, beside the button that opens it.
let openMenu = () => {};

/** Items are {label, run, danger, disabled, why} or null for a line between. */
export const menu = (event, label, items) => openMenu({ anchor: event.currentTarget, label, items: items.filter((it) => it !== undefined) });

export function Menu() {
  const [shown, setShown] = useState(null);
  const list = useRef(null);
  useEffect(() => {
    openMenu = setShown;
  }, []);
  useLayoutEffect(() => {
    if (!shown) return;
    const node = list.current;
    if (!node.matches(':popover-open')) node.showPopover();
    place(node, shown.anchor.getBoundingClientRect());
    node.querySelector('button:not([aria-disabled])')?.focus();
  }, [shown]);
  const toggled = (event) => {
    if (event.newState !== 'closed') return;
    const back = list.current?.contains(document.activeElement) || document.activeElement === document.body;
    if (back && shown?.anchor.isConnected) shown.anchor.focus();
    setShown(null);
  };
  const choose = (item) => {
    if (item.disabled) return;
    list.current.hidePopover();
    item.run();
  };
  return shown && html`<div ref=${list} class="menu" popover="auto" role="menu" aria-label=${shown.label}
      onToggle=${toggled} onKeyDown=${(event) => walk(event, list.current, '[role=menuitem]')}>
    ${shown.items.map((item, index) => (item === null
      ? html`<hr key=${index} role="separator" />`
      : html`<button key=${index} role="menuitem" tabindex="-1" class=${item.danger ? 'danger' : ''}
          aria-disabled=${item.disabled ? 'true' : undefined} onClick=${() => choose(item)}>
          ${item.label}${item.why && html`<small>${item.why}</small>`}</button>`))}
  </div>`;
}

function place(node, anchor) {
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = anchor.bottom + 4;
  const top = below + height < innerHeight - 8 ? below : Math.max(8, anchor.top - height - 4);
  node.style.left = `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`;
  node.style.top = `${top}px`;
}

/** Arrow keys, Home and End among the elements of a selector. */
export function walk(event, within, selector) {
  const all = [...within.querySelectorAll(selector)];
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (to === undefined || all.length === 0) return;
  event.preventDefault();
  all[to].focus();
}

// ---- States of a screen.
/** Nothing is there, and what to do about it. */
export const Empty = ({ title, children }) => html`<div class="empty"><p class="empty-title">${title}</p><div>${children}</div></div>`;

/** Something failed; what still works, and a way on. */
export const Failed = ({ what, error, again, children }) => html`<div class="failed" role="alert">
  <p><strong>${what}</strong> ${error?.message}</p>
  ${children && html`<p class="muted">${children}</p>`}
  ${again && html`<button onClick=${again}>Try again</button>`}
</div>`;

export const Waiting = ({ what }) => html`<p class="wait-line" role="status">${what} …</p>`;

/** One of several. */
export function Choice({ label, value, options, onChange, hidden = false }) {
  return html`<label class="field">
    <span class=${hidden ? 'sr-only' : ''}>${label}</span>
    <select value=${value} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}
    </select>
  </label>`;
}

/** One of few, side by side. */
export function Segments({ label, value, options, onChange }) {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${options.map(([key, text]) => html`<button key=${key} type="button" aria-pressed=${String(key === value)}
      onClick=${() => onChange(key)}>${text}</button>`)}
  </div>`;
}

export const Badge = ({ tone = '', title, children }) => html`<span class=${`badge ${tone}`} title=${title}>${children}</span>`;

/** A number with its name. */
export const Figure = ({ name, children, tone = '', title }) => html`<div class=${`figure ${tone}`} title=${title}>
  <dt>${name}</dt><dd>${children}</dd></div>`;

/** How much of something is used. */
export function Gauge({ share, label, tone = '' }) {
  const bar = useRef(null);
  useLayoutEffect(() => {
    bar.current.style.transform = `scaleX(${Math.max(0, Math.min(1, share))})`;
  });
  return html`<div class=${`gauge ${tone}`} role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
    aria-valuenow=${Math.round(Math.max(0, Math.min(1, share)) * 100)}><div ref=${bar} class="gauge-fill"></div></div>`;
}
