// What the screen What if asks and shows.

import { NONE, percent, seconds } from './format.js';

export const SINCE = [['1h', '1 hour'], ['4h', '4 hours'], ['8h', '8 hours'], ['24h', '24 hours']];

/** Settings that a replay knows, with what they mean. */
export const KNOBS = [
  { key: 'routing.patience', name: 'patience', hint: '0.01: 100 s of waiting are worth 1 s of service', input: { type: 'number', min: '0', step: '0.01' } },
  { key: 'routing.residency', name: 'residency', hint: 'how long a slot is held at most, such as 60s; 0s never', input: { type: 'text' } },
  { key: 'routing.strategy', name: 'strategy', hint: 'how a slot is chosen', options: ['', 'least-busy', 'least-requests', 'round-robin', 'shuffle'] },
  { key: 'backends.*.slots', name: 'slots of each backend', hint: 'as OLLAMA_NUM_PARALLEL there', input: { type: 'number', min: '1', step: '1' } },
  { key: 'backends.add', name: 'backends added', hint: 'as many more like the first', input: { type: 'number', min: '0', step: '1' } },
];

export const MEASURES = [
  ['makespan_s', 'all done after', seconds, -1],
  ['first_token_p50_s', 'first token, half within', seconds, -1],
  ['first_token_p95_s', 'first token, 95 % within', seconds, -1],
  ['hit_share', 'prompt tokens from caches', percent, 1],
];

/** Only what was set, as text. */
export const wishes = (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => String(value ?? '').trim() !== '').map(([key, value]) => [key, String(value).trim()]));

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
export const titled = (with_) => Object.entries(with_ ?? {}).map(([key, value]) => `${key.split('.').at(-1)} ${value}`).join(', ') || 'as it is';

/** The same in a terminal. */
export const command = (since, with_) => ['ccproxy replay', `--since ${since}`, ...Object.entries(with_).map(([key, value]) => `--with ${key}=${value}`)].join(' ');

/** Length of a bar as a share of the longest of its measure. */
export const shareOf = (value, all) => {
  const most = Math.max(...all.filter((one) => typeof one === 'number'), 0);
  return most > 0 && typeof value === 'number' ? value / most : 0;
};
