// What the screen What if asks and shows.

import { NONE, percent, seconds } from './format.js';

export const SINCE = [['1h', '1 hour'], ['4h', '4 hours'], ['8h', '8 hours'], ['24h', '24 hours']];

/** Settings that a replay knows, with what they mean; `of` makes the real ones of a wish, with the ids of the backends. */
export const KNOBS = [
  { key: 'routing.patience', name: 'patience', hint: '0.01: 100 s of waiting are worth 1 s of service', input: { type: 'number', min: '0', step: '0.01' } },
  { key: 'routing.residency', name: 'residency', hint: 'how long a slot is held at most, such as 60s; 0s never', input: { type: 'text' } },
  { key: 'routing.strategy', name: 'strategy', hint: 'how a slot is chosen', options: ['least-busy', 'least-requests', 'round-robin', 'shuffle'] },
  { key: 'backends.*.slots', name: 'slots of each backend', hint: 'as OLLAMA_NUM_PARALLEL there', input: { type: 'number', min: '1', step: '1' } },
  { key: 'like', name: 'one more backend like', hint: 'with its models and speed, on a machine of its own', backends: true, of: (value, ids) => [[`backends.${free('more', ids)}.like`, value]] },
];

const free = (name, ids) => (ids.includes(name) ? free(`${name}-1`, ids) : name);

export const MEASURES = [
  ['makespan_s', 'all done after', seconds, -1],
  ['first_token_p50_s', 'first token, half within', seconds, -1],
  ['first_token_p95_s', 'first token, 95 % within', seconds, -1],
  ['hit_share', 'prompt tokens from caches', percent, 1],
];

/** Only what was set, as the gateway knows it. */
export function wishes(given, ids) {
  const set = KNOBS.map((knob) => [knob, String(given[knob.key] ?? '').trim()]).filter(([, value]) => value !== '');
  return Object.fromEntries(set.flatMap(([{ key, of }, value]) => (of ? of(value, ids) : [[key, value]])));
}

/** How a replayed number stands to the recorded one: {text, tone}. */
export function change(recorded, replayed, better) {
  if (typeof recorded !== 'number' || typeof replayed !== 'number' || recorded === 0) return { text: NONE, tone: '' };
  const ratio = replayed / recorded - 1;
  if (Math.abs(ratio) < 0.005) return { text: 'the same', tone: '' };
  const tone = ratio * better > 0 ? 'good' : 'bad';
  const shown = Math.abs(ratio) >= 1 ? `${(replayed / recorded).toFixed(1)} ×` : `${ratio > 0 ? '+' : '−'}${Math.round(Math.abs(ratio) * 100)} %`;
  return { text: shown, tone };
}

/** How a set of wishes is called. */
export function titled(with_) {
  const words = Object.entries(with_ ?? {}).map(([key, value]) => (key.endsWith('.like') ? `one more like ${value}` : `${key.replace(/^routing\.|^backends\.(\*\.)?/, '').replace('.', ' ')} ${value}`));
  return words.join(', ') || 'replayed as it is';
}

/** The rows of the table: what happened, the replay of it as it is, and others, each with what it is compared with. */
export function table(recorded, runs) {
  const asItIs = runs.find((run) => Object.keys(run.with ?? {}).length === 0);
  const rows = [{ name: 'what happened', numbers: recorded, beside: null }];
  if (asItIs) rows.push({ name: titled({}), numbers: asItIs, beside: recorded, why: 'how far this is from what happened is how far to trust the rest' });
  for (const run of runs) if (run !== asItIs) rows.push({ name: titled(run.with), numbers: run, beside: asItIs ?? recorded });
  return rows;
}

/** The latest answer's baseline, and what was asked for before and now. */
export const gathered = (before, replayed) => {
  const isWish = (run) => Object.keys(run.with ?? {}).length > 0;
  const fresh = replayed.filter(isWish);
  const older = before.filter((run) => isWish(run) && !fresh.some((one) => JSON.stringify(one.with) === JSON.stringify(run.with)));
  return [...replayed.filter((run) => !isWish(run)).slice(0, 1), ...older, ...fresh].slice(-8);
};

/** The same in a terminal. */
export const command = (since, with_) => ['ccproxy replay', `--since ${since}`, ...Object.entries(with_).map(([key, value]) => `--with ${key}=${value}`)].join(' ');

/** Length of a bar as a share of the longest of its measure. */
export const shareOf = (value, all) => {
  const most = Math.max(...all.filter((one) => typeof one === 'number'), 0);
  return most > 0 && typeof value === 'number' ? value / most : 0;
};
