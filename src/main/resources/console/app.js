// The first module of the console.
import { html, render } from './lib/preact.js';

render(html`<p>ccproxy</p>`, document.getElementById('app'));
