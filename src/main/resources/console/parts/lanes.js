// A backend, and a lane for each of its slots.
//
// Most of a large deployment is out of sight. What is there is drawn again only now and then, and at once when it comes into
// sight, so that 200 slots cost what a screen of them costs.

import { Component, html } from '../lib/preact.js';
import { eachSecond, feed, useTick } from '../hooks.js';
import { Badge } from './ui.js';
import { backendMenu, slotMenu } from './actions.js';
import { bytes, clock } from '../view/format.js';
import { conversationOf, detail, MEANINGS, PHASES, progress, sentence, slots, standing } from '../view/now.js';

/** How old what is out of sight may become; screen readers and searches in the page read it. */
const OUT_OF_SIGHT = 4000;
const NEAR = '100px 0px';

const watcher = new IntersectionObserver(
  (entries) => entries.forEach(({ target, isIntersecting }) => target.seen(isIntersecting)), { rootMargin: NEAR });

export class Backend extends Component {
  near = true;

  componentDidMount() {
    this.base.seen = (near) => {
      this.near = near;
      if (near) this.catchUp();
    };
    watcher.observe(this.base);
  }

  componentWillUnmount() {
    watcher.unobserve(this.base);
    clearTimeout(this.late);
  }

  shouldComponentUpdate({ id, backend, models }) {
    const same = id === this.props.id && backend === this.props.backend && Object.keys(models ?? {}).length === Object.keys(this.props.models ?? {}).length;
    if (same || this.near) return !same;
    this.late ??= setTimeout(() => this.catchUp(), OUT_OF_SIGHT);
    return false;
  }

  catchUp() {
    clearTimeout(this.late);
    this.late = undefined;
    this.forceUpdate();
  }

  render({ id, backend, models }) {
    return html`<article class="panel backend" aria-labelledby=${`backend-${id}`}>
      <header class="backend-head">
        <h3 id=${`backend-${id}`}>${id}</h3>
        <${Stands} backend=${backend} />
        <span class="loaded">${loaded(backend)}</span>
        <button class="icon" aria-haspopup="menu" aria-label=${`Actions for ${id}`}
          onClick=${(event) => backendMenu(event, id, backend, Object.keys(models ?? {}))}><span aria-hidden="true">⋯</span></button>
      </header>
      <ul class="lanes" aria-label=${`Slots of ${id}`}>
        ${slots(backend).map(([number, slot]) => html`<${Lane} key=${number} number=${number} slot=${slot} card=${this} />`)}
      </ul>
    </article>`;
  }
}

/** The word of a backend that is held back changes with time alone. */
function Stands({ backend }) {
  const element = useTick((node, now) => {
    const { word, tone, why } = standing(backend, now);
    put(node, 'className', `badge ${tone}`);
    put(node, 'textContent', word);
    put(node.nextSibling, 'textContent', why);
  });
  return html`<span ref=${element} class="badge"></span><span class="why muted"></span>`;
}

const percent = (share) => `${(share * 100).toFixed(1)}%`;

function put(node, property, value) {
  if (node[property] !== value) node[property] = value;
}

function loaded(backend) {
  const names = Object.entries(backend.models_loaded ?? {});
  if (names.length === 0) return html`<span class="muted">no model loaded</span>`;
  return names.map(([name, { size, vram }]) => html`<${Badge} key=${name}
    title=${size ? `${bytes(size)}${vram < size ? `, ${bytes(vram)} of it on the GPU` : ''}` : ''}>${name}${size ? ` ${bytes(size)}` : ''}<//>`);
}

/** What changes with time is written into the lane each second; what changes with the feed is drawn. */
class Lane extends Component {
  componentDidMount() {
    this.stop = eachSecond((now) => this.props.card.near && this.show(now));
    this.show(feed.now());
  }

  componentWillUnmount() {
    this.stop();
  }

  componentDidUpdate() {
    this.show(feed.now());
  }

  shouldComponentUpdate({ slot, number }) {
    return slot !== this.props.slot || number !== this.props.number;
  }

  show(now) {
    const { number, slot } = this.props;
    const [, , , bar, more, since] = this.base.children;
    const { cached, done } = progress(slot, now);
    const widths = `${percent(cached)} 100%, ${percent(done)} 100%`;
    if (this.widths !== widths) bar.style.backgroundSize = this.widths = widths;
    put(more, 'textContent', detail(slot, now));
    put(since, 'textContent', slot.phase !== 'free' && slot.since ? clock(now - slot.since) : '');
    this.base.setAttribute('aria-label', sentence(number, slot, now));
  }

  render({ number, slot }) {
    const busy = slot.phase !== 'free';
    return html`<li class=${`lane ${slot.phase}`}>
      <span class="lane-number" aria-hidden="true">${number}</span>
      <span class="lane-phase" title=${MEANINGS[slot.phase]}>${PHASES[slot.phase] ?? slot.phase}</span>
      <span class="lane-who clip">${busy && html`<span title=${slot.exchange}>${slot.client ?? ''}</span> <span class="muted">${slot.model ?? ''}${slot.conversation ? ` · ${conversationOf(slot)}` : ''}</span>`}</span>
      <span class="bar" aria-hidden="true"></span>
      <span class="lane-detail clip"></span>
      <span class="lane-clock"></span>
      ${busy && slot.exchange
        ? html`<button class="icon" aria-haspopup="menu" aria-label=${`Actions for ${slot.client ?? 'slot'} in slot ${number}`}
            onClick=${(event) => slotMenu(event, slot)}><span aria-hidden="true">⋯</span></button>`
        : html`<span></span>`}
    </li>`;
  }
}
