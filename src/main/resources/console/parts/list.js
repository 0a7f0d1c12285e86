// A long table of which only the visible rows exist.

import { html, useEffect, useRef, useState } from '../lib/preact.js';
import { useSize } from '../hooks.js';

const OVERSCAN = 3;

/**
 * Rows of one height in a box of their own that scrolls.
 *
 * `columns` are {key, title, class}; `row(item)` gives the cells in that order; `keyOf(item)` tells rows apart.
 */
export function LongTable({ label, items, keyOf, columns, row, height, header = true, rowClass = () => '' }) {
  const box = useRef(null);
  const head = useRef(null);
  const { height: seen } = useSize(box);
  const [first, setFirst] = useState(0);
  useEffect(() => {
    const node = box.current;
    let asked = false;
    const scrolled = () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        setFirst(Math.max(0, Math.floor(node.scrollTop / height) - OVERSCAN));
      });
    };
    node.addEventListener('scroll', scrolled, { passive: true });
    return () => node.removeEventListener('scroll', scrolled);
  }, [height]);
  const most = Math.ceil((seen || 400) / height) + 2 * OVERSCAN;
  const from = Math.max(0, Math.min(first, items.length - most));
  const rows = items.slice(from, from + most);
  const spaces = { paddingTop: `${from * height}px`, paddingBottom: `${Math.max(0, items.length - from - rows.length) * height}px` };
  return html`<div class="long" ref=${box} role="table" aria-label=${label} aria-rowcount=${items.length + 1} tabindex="0"
      onKeyDown=${(event) => move(event, box.current, height)}>
    <div role="rowgroup" ref=${head} class=${header ? 'long-head' : 'sr-only'}>
      <div role="row" class="long-row" aria-rowindex="1">
        ${columns.map((column) => html`<span role="columnheader" key=${column.key} class=${column.class ?? ''}>${column.title}</span>`)}
      </div>
    </div>
    <div role="rowgroup" style=${spaces}>
      ${rows.map((item, index) => html`<div role="row" key=${keyOf(item)} class=${`long-row ${rowClass(item)}`}
          aria-rowindex=${from + index + 2}>
        ${row(item).map((cell, at) => html`<span role="cell" key=${columns[at].key} class=${columns[at].class ?? ''}>${cell}</span>`)}
      </div>`)}
    </div>
  </div>`;
}

/** Up and down go from row to row, whatever of a row has the focus. */
function move(event, box, height) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches('input, select, textarea')) return;
  event.preventDefault();
  const row = event.target.closest('[role=row]');
  const next = row ? (step > 0 ? row.nextElementSibling : row.previousElementSibling) : box.querySelector('[role=row] button')?.closest('[role=row]');
  const button = next?.querySelector('button, a');
  if (button) {
    button.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  } else {
    box.scrollTop += step * height;
  }
}
