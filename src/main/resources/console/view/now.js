// What the screen Now shows, out of the feed's document.

import { brief, count, percent, plural, rate, short, whole } from './format.js';

export const CLASSES = ['interactive', 'normal', 'background'];

/** What a slot's phase is called; vocabulary says "answer" where the wire says output. */
export const PHASES = {
  loading: 'loading', prompt: 'prompt', output: 'answer', held: 'held', ghost: 'ghost', free: 'free',
};

/** What a phase means, for whoever does not know the word. */
export const MEANINGS = {
  loading: 'The model is being brought into memory',
  prompt: 'The prompt is being computed; what the cache still held is skipped',
  output: 'The answer is being written',
  held: 'Kept free for the conversation whose prompt is cached here',
  ghost: 'The client has left, and Ollama still computes',
  free: 'Takes the next request',
};

/** Hosts with their backends, each in the order of names. */
export function hosts(doc) {
  const byHost = new Map();
  for (const [id, backend] of Object.entries(doc.backends ?? {})) {
    const name = backend.host ?? id;
    if (!byHost.has(name)) byHost.set(name, []);
    byHost.get(name).push([id, backend]);
  }
  return [...byHost]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, backends]) => ({
      name,
      memory: doc.hosts?.[name] ?? null,
      backends: backends.sort(([a], [b]) => compare(a, b)),
    }));
}

/** The slots of a backend in the order of their numbers. */
export const slots = (backend) => Object.entries(backend.slots ?? {}).sort(([a], [b]) => compare(a, b));

const NUMERIC = new Intl.Collator('en', { numeric: true });
export const compare = (a, b) => NUMERIC.compare(a, b);

/** Those that wait, who is next first, with their places. */
export function waiting(doc) {
  const all = Object.entries(doc.waiting ?? {}).map(([exchange, one]) => ({ exchange, ...one }));
  all.sort((a, b) => a.rank - b.rank || a.arrived - b.arrived);
  all.forEach((one, index) => { one.place = index + 1; });
  return all;
}

/** Where a request is that has not ended: waits, runs; null when it is not there any more, or never was. */
export function whereabouts(doc, exchange) {
  if (doc?.waiting?.[exchange]) return 'waits';
  const runs = Object.values(doc?.backends ?? {}).some(({ slots: all = {} }) => Object.values(all).some((slot) => slot.exchange === exchange));
  return runs ? 'runs' : null;
}

/** Only those that a search and a class leave. */
export function matching(rows, text, only) {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => (!only || row.class === only)
    && words.every((word) => [row.client, row.model, row.conversation, row.exchange, row.class]
      .some((value) => value && String(value).toLowerCase().includes(word))));
}

/** The few numbers above everything. */
export function summary(doc) {
  const phases = { loading: 0, prompt: 0, output: 0, held: 0, ghost: 0, free: 0 };
  let tokens = 0;
  for (const backend of Object.values(doc.backends ?? {})) {
    for (const slot of Object.values(backend.slots ?? {})) {
      phases[slot.phase] = (phases[slot.phase] ?? 0) + 1;
      if (slot.phase === 'output') tokens += slot.rate ?? 0;
    }
  }
  const all = Object.values(phases).reduce((sum, n) => sum + n, 0);
  let oldest = null;
  let queued = 0;
  for (const one of Object.values(doc.waiting ?? {})) {
    queued++;
    if (oldest === null || one.arrived < oldest) oldest = one.arrived;
  }
  return { phases, slots: all, busy: all - phases.free - phases.held, waiting: queued, oldest, rate: tokens };
}

/** How far a slot is at a moment: shares of its bar that were cached, and that are done. */
export function progress(slot, now) {
  switch (slot.phase) {
    case 'prompt': {
      const cached = clamp(slot.prompt_tokens > 0 ? (slot.cached_tokens ?? 0) / slot.prompt_tokens : 0);
      return { cached, done: Math.max(cached, Math.min(0.99, along(slot, now, slot.progress ?? cached))) };
    }
    case 'loading':
    case 'output':
    case 'ghost':
      return { cached: 0, done: Math.min(0.99, along(slot, now, 0)) };
    case 'held':
      return { cached: 0, done: slot.until > slot.since ? clamp((slot.until - now) / (slot.until - slot.since)) : 0 };
    default:
      return { cached: 0, done: 0 };
  }
}

/** When what a slot does now is expected to end: before the first token, or the answer. */
const endOf = (slot) => (slot.phase === 'loading' || slot.phase === 'prompt' ? slot.expected_output ?? slot.expected_end : slot.expected_end);

/** From a share at `since` to all of it at the expected end. */
function along(slot, now, from) {
  const end = endOf(slot);
  if (!end || end <= slot.since) return from;
  return from + (1 - from) * clamp((now - slot.since) / (end - slot.since));
}

const clamp = (share) => Math.max(0, Math.min(1, share));

/** What is said beside the bar; it changes with the feed, and with each second. */
export function detail(slot, now) {
  switch (slot.phase) {
    case 'loading':
      return left(slot, now);
    case 'prompt': {
      const size = slot.prompt_tokens > 0 ? `${short(slot.prompt_tokens)} tokens` : '';
      const cached = slot.cached_tokens > 0 ? `, ${percent(slot.cached_tokens / slot.prompt_tokens)} cached` : '';
      return [left(slot, now), size + cached].filter(Boolean).join(' · ');
    }
    case 'output':
      return [`${count(slot.output_tokens ?? 0)} tokens`, slot.rate > 0 ? rate(slot.rate) : ''].filter(Boolean).join(' · ');
    case 'ghost':
      return left(slot, now);
    case 'held':
      return slot.until ? `at most ${whole(slot.until - now)} more` : '';
    default:
      return '';
  }
}

function left(slot, now) {
  if (!endOf(slot)) return '';
  const ms = endOf(slot) - now;
  return ms > 0 ? `${whole(ms)} left` : 'any moment';
}

/** A conversation's id beside its client, whose name it often begins with. */
export function conversationOf({ client, conversation }) {
  const rest = client && conversation.startsWith(client) ? conversation.slice(client.length).replace(/^\W+/, '') : conversation;
  return brief(rest || conversation, 12);
}

/** All of a lane in one sentence, for screen readers. */
export function sentence(number, slot, now) {
  const who = slot.client ? ` for ${slot.client}` : '';
  const what = slot.model ? `, ${slot.model}` : '';
  const more = detail(slot, now);
  return `Slot ${number}: ${PHASES[slot.phase] ?? slot.phase}${who}${what}${more ? `, ${more}` : ''}`;
}

/** How a backend stands: a word, a tone, and why. */
export function standing(backend, now) {
  if (backend.drained) return { word: 'drained', tone: 'warn', why: `by ${backend.drained}; running answers end, nothing new starts` };
  if (backend.held_until && backend.held_until > now) {
    return { word: 'held back', tone: 'warn', why: `gets no new work for ${whole(backend.held_until - now)}` };
  }
  const tone = { up: 'good', suspect: 'warn', probing: 'warn', unknown: 'idle', down: 'bad' }[backend.state] ?? 'idle';
  return { word: backend.state, tone, why: backend.reason ?? '' };
}

/** What the waiting room says of itself in one line. */
export function queueLine(doc) {
  const models = Object.entries(doc.models ?? {})
    .map(([name, { waiting: by = {} }]) => [name, Object.values(by).reduce((sum, n) => sum + n, 0)])
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a);
  return models.map(([name, n]) => `${count(n)} for ${name}`).join(' · ');
}

/** The classes to which a waiting request can go from its own. */
export function otherClasses(current) {
  const at = CLASSES.indexOf(current);
  return CLASSES.filter((name) => name !== current)
    .map((name) => ({ name, verb: CLASSES.indexOf(name) < at ? 'Raise' : 'Lower' }));
}

/** "3 busy, 1 held, 2 free": the legend with numbers. */
export function phasesLine({ phases }) {
  return Object.entries(PHASES).filter(([key]) => phases[key] > 0)
    .map(([key, word]) => `${count(phases[key])} ${word}`).join(', ') || plural(0, 'slot');
}
