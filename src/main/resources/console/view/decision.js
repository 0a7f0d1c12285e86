// The terms that a decision compared, side by side; they add up to what is told below them.

import { NONE, span } from './format.js';

/** −0.4 s, 3.2 s; nothing where a side has no such term. */
export function signed(value, unit = 's') {
  if (typeof value !== 'number') return NONE;
  if (unit !== 's') return `${value < 0 ? '−' : ''}${Math.abs(value)} ${unit}`;
  const shown = Math.abs(value) < 100 ? `${Math.abs(value).toFixed(2)} s` : span(Math.abs(value) * 1000);
  return value < 0 && shown !== '0.00 s' ? `−${shown}` : shown;
}

/** Sentences begin with their number, which stands beside them. */
const without = (says) => (says ?? '').replace(/^[-−]?[\d.,]+ \w+: /, '');

export function comparison({ backend, slot, chosen, next, exchange, says }) {
  const rows = new Map();
  const put = (side, terms) => terms.forEach((term) => {
    const row = rows.get(term.name) ?? { name: term.name.replaceAll('_', ' '), unit: term.unit, says: without(term.says) };
    rows.set(term.name, { ...row, [side]: term.value });
  });
  put('chosen', chosen?.terms ?? []);
  put('next', next?.terms ?? []);
  const where = `${backend}${slot === null || slot === undefined ? '' : `, slot ${slot}`}`;
  const other = next && (next.exchange && next.exchange !== exchange ? `${next.exchange} on ${next.backend}` : next.backend);
  const all = [...rows.values()];
  const counts = ({ chosen: mine, next: theirs }) => Math.abs(mine ?? 0) >= 0.0005 || Math.abs(theirs ?? 0) >= 0.0005;
  return {
    rows: all.filter(counts),
    zeros: all.filter((row) => !counts(row)).map(({ name }) => name),
    chosen: where, next: next && other, verdict: verdict(where, other, chosen, next), says: says ?? '',
  };
}

function verdict(where, other, chosen, next) {
  if (!next) return `It started on ${where}: there was nothing else to choose from.`;
  const gain = next.sum - chosen.sum;
  if (Math.abs(gain) < 0.005) return `It started on ${where}; ${other} would have been as good.`;
  return gain > 0
    ? `It started on ${where}: ${signed(gain)} better than the next best, ${other}.`
    : `It started on ${where} although ${other} has less together.`;
}
