// The keys of the keyboard.

import { html, useEffect, useRef, useState } from '../lib/preact.js';

let show = () => {};
export const openHelp = () => show(true);

const KEYS = [
  ['1 … 7', 'the screens, from Now to What if'],
  ['Tab, Shift Tab', 'to the next or previous control'],
  ['↑ ↓', 'along a list, a menu, the models'],
  ['Enter', 'open, choose'],
  ['Esc', 'close what is open; stop an answer in the Playground'],
  ['Ctrl Enter', 'send in the Playground'],
  ['← → + − 0', 'in the Timeline: move, zoom in, zoom out, all'],
  ['?', 'this list'],
];

export function Help() {
  const [open, setOpen] = useState(false);
  const dialog = useRef(null);
  useEffect(() => {
    show = setOpen;
  }, []);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
  }, [open]);
  return open && html`<dialog ref=${dialog} class="question" aria-labelledby="help-title" onClose=${() => setOpen(false)}>
    <h2 id="help-title">Keys of the keyboard</h2>
    <dl class="keys">${KEYS.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
    <div class="row end"><button class="primary" autofocus onClick=${() => dialog.current.close()}>Close</button></div>
  </dialog>`;
}
