// What the screen Usage shows: sums over time as a stack, and the numbers of a request.

import { count, money, NONE, percent, seconds, short, span } from './format.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const PERIODS = [['24h', '24 hours', HOUR], ['7d', '7 days', DAY], ['30d', '30 days', DAY], ['90d', '90 days', DAY]];

export const MEASURES = [
  ['machine_seconds', 'machine time'], ['requests', 'requests'], ['prompt_tokens', 'prompt tokens'], ['output_tokens', 'output tokens'],
  ['queue_seconds', 'time in the queue'], ['cost', 'cost'], ['saved', 'saved'],
];

export const DIMENSIONS = [['model', 'model'], ['client', 'client'], ['key', 'key'], ['alias', 'alias'], ['backend', 'backend'], ['outcome', 'outcome']];

/** How a measure is written. */
export function measured(measure, value, currency) {
  if (measure.endsWith('_seconds')) return seconds(value);
  if (measure === 'cost' || measure === 'saved') return money(value, currency);
  return short(value);
}

/** A row's moment: the beginning of its hour or day, in UTC as the records have it. */
export function startOf(text) {
  const whole = text.length === 10 ? `${text}T00:00:00Z` : text.length === 13 ? `${text}:00:00Z` : text;
  return Date.parse(whole);
}

/** The names with the most, and the rest in one. */
export function largest(rows, by, measure, most = 6) {
  const sums = new Map();
  for (const row of rows) sums.set(row[by] ?? '', (sums.get(row[by] ?? '') ?? 0) + row[measure]);
  return [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a).slice(0, most).map(([name]) => name);
}

/**
 * Sums of each name at each step of time; what has no row is 0. A value that is not among the names counts as "others".
 *
 * @param points {at, name, value} in any order
 */
export function stack(points, names, from, to, step) {
  const first = Math.floor(from / step) * step;
  const length = Math.max(1, Math.ceil((to - first) / step));
  const starts = Array.from({ length }, (_, index) => first + index * step);
  const layers = new Map(names.map((name) => [name, new Array(length).fill(0)]));
  const others = new Array(length).fill(0);
  let some = false;
  for (const { at, name, value } of points) {
    const index = Math.floor((at - first) / step);
    if (index < 0 || index >= length) continue;
    const layer = layers.get(name);
    if (layer) {
      layer[index] += value;
    } else {
      others[index] += value;
      some ||= value > 0;
    }
  }
  const series = names.map((name) => ({ name: name || 'none', values: layers.get(name) }));
  if (some) series.push({ name: 'others', values: others });
  return { starts, series };
}

/** Each layer on top of those before it, as a chart wants it: the highest first. */
export function heights(series) {
  const sums = [];
  let below = null;
  for (const { values } of series) {
    below = below ? values.map((value, index) => value + below[index]) : values.slice();
    sums.push(below);
  }
  return sums;
}

const ROUND = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Four or so round values up to the highest: of time when a unit is a second, of ten otherwise. */
export function round(high, unit) {
  const least = high / 4;
  const ten = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  const decimal = [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= least) ?? ten * 10;
  const step = unit === 'time' && least > 1 ? ROUND.find((n) => n >= least) ?? Math.ceil(least / 86_400) * 86_400 : decimal;
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, index) => index * step);
}

/** The columns of what was used. */
export const SUMS = [
  ['requests', 'requests', (row) => count(row.requests)],
  ['failed', 'failed', (row) => count(row.failed)],
  ['machine_seconds', 'machine', (row) => seconds(row.machine_seconds)],
  ['queue_seconds', 'waited', (row) => seconds(row.requests > 0 ? row.queue_seconds / row.requests : 0)],
  ['prompt_tokens', 'prompt', (row) => short(row.prompt_tokens)],
  ['cached_tokens', 'cached', (row) => percent(row.prompt_tokens > 0 ? row.cached_tokens / row.prompt_tokens : undefined)],
  ['output_tokens', 'output', (row) => short(row.output_tokens)],
  ['cost', 'cost', (row, currency) => money(row.cost, currency)],
  ['saved', 'saved', (row, currency) => money(row.saved, currency)],
];

/** How an outcome looks. */
export const toneOf = (outcome) => ({ completed: 'good', client_gone: '', cancelled: '', shutdown: '' }[outcome] ?? 'bad');

/** What one request did, name by name; what does not apply is left out. */
export function recordLines(record) {
  const ms = (value) => (value > 0 ? span(value) : null);
  const lines = [
    ['asked for', record.alias === record.model ? null : record.alias],
    ['model', [record.model, record.instead_of && `instead of ${record.instead_of}`].filter(Boolean).join(', ')],
    ['backend', record.backend],
    ['client', record.client],
    ['key', record.key],
    ['conversation', record.conversation],
    ['path', [record.route, record.streamed ? 'streamed' : 'whole'].filter(Boolean).join(', ')],
    ['outcome', [record.outcome, record.status, record.failure].filter(Boolean).join(', ')],
    ['attempts', record.attempts > 1 ? String(record.attempts) : null],
    ['waited', ms(record.queue_ms) ?? 'not at all'],
    ['loading', ms(record.load_ms)],
    ['prompt', [ms(record.prompt_ms), `${count(record.prompt_tokens)} tokens`, record.cached_tokens > 0 && `${percent(record.cached_tokens / record.prompt_tokens)} cached`].filter(Boolean).join(', ')],
    ['answer', [ms(record.output_ms), `${count(record.output_tokens)} tokens`, record.thinking_tokens > 0 && `${count(record.thinking_tokens)} of thinking`].filter(Boolean).join(', ')],
    ['lost', record.lost_tokens > 0 ? `${count(record.lost_tokens)} tokens, because its ${record.lost_where} changed` : null],
    ['tools', (record.tools ?? []).join(', ')],
    ['machine', record.machine_seconds > 0 ? seconds(record.machine_seconds) : null],
    ['cost', record.cost > 0 ? money(record.cost) : null],
  ];
  return lines.filter(([, value]) => value && value !== NONE);
}
