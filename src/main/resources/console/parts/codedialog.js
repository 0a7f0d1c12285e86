// The next request of the Playground as a program that does the same.

import { html, useEffect, useRef, useState } from '../lib/preact.js';
import { Segments, tell } from './ui.js';
import { code, LANGUAGES } from '../view/code.js';
import { DIALECTS } from '../view/dialects.js';

export function CodeDialog({ dialect, body, keyed, close }) {
  const [language, setLanguage] = useState('curl');
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  const text = code(language, { dialect, origin: location.origin, body, key: keyed });
  const copy = () => navigator.clipboard.writeText(text).then(() => tell('Copied.'), () => tell('The browser does not let this page copy; select the text instead.', 'bad'));
  return html`<dialog ref=${dialog} class="code" aria-labelledby="code-title" onClose=${close}>
    <h2 id="code-title">The same as code <span class="muted">${DIALECTS[dialect].name}</span></h2>
    <div class="row spread"><${Segments} label="Language" value=${language} onChange=${setLanguage} options=${LANGUAGES} /><button onClick=${copy}>Copy</button></div>
    <pre tabindex="0" class="listing">${text}</pre>
    <div class="row end"><button class="primary" onClick=${() => dialog.current.close()}>Close</button></div>
  </dialog>`;
}
