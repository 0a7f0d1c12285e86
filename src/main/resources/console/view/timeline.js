// The timeline: stretches of slots as columns, what of them is in view, where they are on a canvas, and who is under a point.

export const KINDS = ['queue', 'load', 'prompt', 'cached', 'output', 'hold', 'ghost'];
export const KIND_WORDS = { queue: 'waited', load: 'loaded its model', prompt: 'computed its prompt', cached: 'found its prompt cached', output: 'answered', hold: 'was held for', ghost: 'haunted' };

const MINUTE = 60_000;
export const RANGES = [['900000', '15 min'], ['3600000', '1 h'], ['14400000', '4 h'], ['43200000', '12 h'], ['86400000', '24 h']];
export const COLOURS = [['phase', 'phase'], ['conversation', 'conversation'], ['role', 'role'], ['client', 'client'], ['model', 'model']];
const FIELDS = { conversation: 'conversations', role: 'roles', client: 'clients', model: 'models' };

/** The answer as columns, in the order of starts, with what searches need beside them. */
export function columns({ from, to, slots, strings, stretches, truncated }) {
  const sorted = [...stretches].sort((a, b) => a[2] - b[2]);
  const pick = (index) => sorted.map((stretch) => stretch[index]);
  return {
    from, to, strings, truncated,
    slots: slots.map((slot, index) => ({ ...slot, index })),
    slot: pick(0), kind: pick(1), start: pick(2), end: pick(3),
    exchanges: pick(4), clients: pick(5), conversations: pick(6), models: pick(7), roles: pick(8),
    tokens: pick(9),
    longest: sorted.reduce((most, stretch) => Math.max(most, stretch[3] - stretch[2]), 0),
  };
}

/** The lanes: backends in order, each with its slots. */
export function lanes(slots, height, top) {
  const sorted = [...slots].sort((a, b) => NUMERIC.compare(a.backend, b.backend) || a.slot - b.slot);
  const at = new Map();
  let y = top;
  let last = null;
  const rows = sorted.map((slot) => {
    if (last !== null && last !== slot.backend) y += 6;
    last = slot.backend;
    const row = { ...slot, y, height };
    at.set(slot.index, row);
    y += height;
    return row;
  });
  return { rows, at, bottom: y };
}
const NUMERIC = new Intl.Collator('en', { numeric: true });

/** The first stretch that can reach into a window: nothing before it is longer than the longest. */
export function firstIn(data, from) {
  const wanted = from - data.longest;
  let low = 0;
  let high = data.start.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (data.start[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each stretch of a window, by its index. */
export function* within(data, from, to) {
  for (let i = firstIn(data, from); i < data.start.length && data.start[i] <= to; i++) {
    if (data.end[i] >= from) yield i;
  }
}

/** How many waited at each step of a window, from the queue's stretches. */
export function queueDepth(data, from, to, steps) {
  const changes = new Array(steps + 1).fill(0);
  const width = (to - from) / steps;
  for (const i of within(data, from, to)) {
    if (data.kind[i] !== 0) continue;
    changes[Math.max(0, Math.floor((data.start[i] - from) / width))] += 1;
    const end = Math.floor((data.end[i] - from) / width) + 1;
    if (end <= steps) changes[Math.max(0, end)] -= 1;
  }
  let sum = 0;
  return changes.slice(0, steps).map((change) => (sum += change));
}

/** The number under which a stretch is coloured; -1 where it is coloured by its phase. */
export const group = (data, i, by) => (by === 'phase' ? -1 : data[FIELDS[by]][i]);

/** The names that have the most time in view, for the legend and for the colours. */
export function legend(data, by, from, to, most = 8) {
  if (by === 'phase') return [];
  const sums = new Map();
  for (const i of within(data, from, to)) {
    if (data.slot[i] < 0) continue;
    const name = group(data, i, by);
    sums.set(name, (sums.get(name) ?? 0) + Math.min(to, data.end[i]) - Math.max(from, data.start[i]));
  }
  return [...sums].sort(([, a], [, b]) => b - a).slice(0, most).map(([name]) => name);
}

/** Who is at a point of time in a slot; the shortest of several. */
export function hit(data, slotIndex, at, slack) {
  let best = -1;
  for (const i of within(data, at - slack, at + slack)) {
    if (data.slot[i] !== slotIndex) continue;
    if (best < 0 || data.end[i] - data.start[i] < data.end[best] - data.start[best]) best = i;
  }
  return best;
}

/** The requests that ran in a window, the latest first: {exchange, client, conversation, model, slot, start, end, waited}. */
export function requests(data, from, to) {
  const found = new Map();
  for (const i of within(data, from, to)) {
    const id = data.exchanges[i];
    if (!data.strings[id] || data.kind[i] === 5) continue;
    const known = found.get(id);
    const waited = data.kind[i] === 0 ? data.end[i] - data.start[i] : 0;
    if (!known) {
      found.set(id, { exchange: id, client: data.clients[i], conversation: data.conversations[i], model: data.models[i], slot: data.slot[i], start: data.start[i], end: data.end[i], waited, ghost: data.kind[i] === 6 });
    } else {
      known.start = Math.min(known.start, data.start[i]);
      known.end = Math.max(known.end, data.end[i]);
      known.waited += waited;
      known.ghost ||= data.kind[i] === 6;
      if (data.slot[i] >= 0) known.slot = data.slot[i];
    }
  }
  return [...found.values()].sort((a, b) => b.start - a.start);
}

/** The turns of a conversation in a window, in order: where each began and ended. */
export function turns(data, conversation, from, to) {
  const byExchange = new Map();
  for (const i of within(data, from, to)) {
    if (data.conversations[i] !== conversation || data.slot[i] < 0 || data.kind[i] === 5) continue;
    const known = byExchange.get(data.exchanges[i]);
    if (!known) byExchange.set(data.exchanges[i], { exchange: data.exchanges[i], slot: data.slot[i], start: data.start[i], end: data.end[i] });
    else {
      known.start = Math.min(known.start, data.start[i]);
      known.end = Math.max(known.end, data.end[i]);
    }
  }
  return [...byExchange.values()].sort((a, b) => a.start - b.start);
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600].map((seconds) => seconds * 1000);

/** Round moments for an axis, with enough room between them. */
export function ticks(from, to, width, room = 64) {
  const least = ((to - from) / Math.max(1, width)) * room;
  const step = STEPS.find((one) => one >= least) ?? STEPS.at(-1);
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  const found = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) found.push(at);
  return { step, at: found };
}

/** A window that is moved or zoomed stays within what there is, and is never shorter than two seconds. */
export function bounded(window, { from, to }) {
  const length = Math.min(Math.max(window.to - window.from, 2000), to - from);
  const start = Math.min(Math.max(window.from, from), to - length);
  return { from: start, to: start + length };
}

/** All there is, without an empty beginning that would leave no room for the rest. */
export function whole(data) {
  const first = data.start.length > 0 ? data.start[0] : data.from;
  const length = data.to - first;
  return bounded({ from: Math.max(data.from, first - length * 0.03), to: data.to }, data);
}

export function zoomed({ from, to }, factor, centre, whole) {
  const middle = centre ?? (from + to) / 2;
  return bounded({ from: middle - (middle - from) * factor, to: middle + (to - middle) * factor }, whole);
}
