// Whether the gateway answers; said loudly only when it does not.

import { html } from '../lib/preact.js';
import { feed, Ticking, useFeed } from '../hooks.js';
import { clock } from '../view/format.js';

const WORDS = { connecting: 'connecting', live: 'live', lost: 'reconnecting' };

export function Status() {
  const state = useFeed((it) => it.state);
  const node = useFeed((it) => it.document?.node);
  const version = useFeed((it) => it.document?.version);
  return html`<span class=${`status ${state}`} title=${[node, version].filter(Boolean).join(' · ')}>
    <span class="dot" aria-hidden="true"></span><span class="status-word" role="status">${WORDS[state] ?? state}</span></span>`;
}

/** Above a screen that would otherwise show the past as if it were the present. */
export function LostFeed() {
  const lost = useFeed((it) => it.state === 'lost');
  const seen = useFeed((it) => it.document !== null);
  return lost && html`<div class="banner bad" role="alert">
    <strong>${seen ? 'The gateway is away' : 'The gateway does not answer'}</strong>
    <span>${seen ? 'What you see is how it was. ' : ''}The console reconnects by itself; away for <${Ticking} text=${() => clock(Date.now() - feed.since)} />.</span>
  </div>`;
}
