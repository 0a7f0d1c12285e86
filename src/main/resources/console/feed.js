// The feed: one document, kept up to date. It is read by fetch rather than by EventSource, which hides both the
// comments that say that the line is alive and the status that says why it is not.

import { merge } from './view/patch.js';
import { eventReader } from './view/sse.js';

/** Comments come every 10 s, so that silence for this long is a dead line. */
const SILENCE = 25_000;
/** A page that nobody sees gives its connection back: browsers have six for one gateway, whatever the number of tabs. */
const UNSEEN = 5000;
const PAUSES = [500, 1000, 2000, 3000, 5000];

export class Feed {
  constructor(path = '/ccproxy/events') {
    this.path = path;
    /** connecting, live, lost, refused */
    this.state = 'connecting';
    this.document = null;
    this.why = '';
    this.since = Date.now();
    this.listeners = new Set();
    this.offset = 0;
    this.attempts = 0;
  }

  /** The gateway's time. */
  now() {
    return Date.now() + this.offset;
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start() {
    if (this.running) return;
    this.running = true;
    // A machine that wakes up, or a network that is back, need not wait for the next attempt.
    addEventListener('online', () => this.hurry());
    addEventListener('pagehide', () => this.rest());
    addEventListener('pageshow', ({ persisted }) => persisted && this.hurry());
    let unseen;
    document.addEventListener('visibilitychange', () => {
      clearTimeout(unseen);
      if (document.hidden) unseen = setTimeout(() => this.rest(), UNSEEN);
      else this.hurry();
    });
    this.run();
  }

  async run() {
    while (this.running) {
      try {
        await this.read();
        this.lost('The gateway ended the feed.');
      } catch (cause) {
        if (cause.status === 401 || cause.status === 403) {
          this.running = false;
          this.change('refused', cause.message);
          return;
        }
        if (!this.resting) this.lost(cause.status ? `The feed answered ${cause.status}.` : 'The gateway does not answer.');
      }
      await this.pause();
    }
  }

  /** Until the next attempt; a page that rests waits until it is seen again. */
  pause() {
    const pause = PAUSES[Math.min(this.attempts++, PAUSES.length - 1)];
    return new Promise((resume) => {
      this.resume = resume;
      if (!this.resting) setTimeout(resume, pause);
    });
  }

  rest() {
    this.resting = true;
    this.leave?.abort();
  }

  hurry() {
    if (!this.resting && this.state !== 'lost') return;
    this.resting = false;
    this.resume?.();
  }

  /** One connection, until it ends or is silent for too long. */
  async read() {
    const leave = new AbortController();
    this.leave = leave;
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => leave.abort(), SILENCE);
    };
    alive();
    try {
      const response = await fetch(this.path, {
        credentials: 'same-origin',
        cache: 'no-store',
        signal: leave.signal,
        headers: { accept: 'text/event-stream', ...(this.version && { 'last-event-id': this.version }) },
      });
      if (!response.ok) throw Object.assign(new Error(await said(response)), { status: response.status });
      const feed = eventReader((event) => this.take(event));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        alive();
        feed(read.value);
      }
    } finally {
      clearTimeout(watchdog);
      leave.abort();
    }
  }

  take({ event, data, id }) {
    if (event !== 'snapshot' && event !== 'change') return;
    const value = JSON.parse(data);
    // A change of a document that this page never had is of no use.
    if (event === 'change' && this.document === null) return;
    this.document = event === 'snapshot' ? value : merge(this.document, value);
    this.version = id;
    this.attempts = 0;
    if (typeof value.at === 'number') this.offset = value.at - Date.now();
    if (this.state === 'live') this.announce();
    else this.change('live', '');
  }

  lost(why) {
    if (this.state !== 'lost') this.change('lost', why);
    else this.why = why;
  }

  change(state, why) {
    this.state = state;
    this.why = why;
    this.since = Date.now();
    this.announce();
  }

  /** Once a frame, however much has come. A hidden page has no frames, and needs none. */
  announce() {
    if (this.announced) return;
    this.announced = true;
    requestAnimationFrame(() => {
      this.announced = false;
      this.listeners.forEach((listener) => listener());
    });
  }
}

async function said(response) {
  const text = await response.text();
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text.slice(0, 200);
  }
}
