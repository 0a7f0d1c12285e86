// What the screen Agents shows: who uses the machines, and what a changed prefix costs whom.

import { count, seconds, short } from './format.js';

export const COLUMNS = [
  ['requests', 'requests', (row) => count(row.requests)],
  ['machine_seconds', 'machine', (row) => seconds(row.machine_seconds)],
  ['wait', 'mean wait', (row) => seconds(row.wait)],
  ['cached_tokens', 'saved by the cache', (row) => short(row.cached_tokens)],
  ['lost_tokens', 'lost', (row) => (row.lost_tokens > 0 ? short(row.lost_tokens) : '')],
  ['failed', 'failed', (row) => (row.failed > 0 ? count(row.failed) : '')],
];

/** Rows with what is told of each; the whole of it is what shares are of. */
export function rows(usage, by, text = '') {
  const wanted = text.trim().toLowerCase();
  const whole = usage.total.machine_seconds;
  return usage.rows
    .map((row) => ({ ...row, name: row[by] ?? '', wait: row.requests > 0 ? row.queue_seconds / row.requests : 0, share: whole > 0 ? row.machine_seconds / whole : 0 }))
    .filter(({ name }) => !wanted || name.toLowerCase().includes(wanted));
}

export function ordered(list, [column, way]) {
  return [...list].sort((a, b) => (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0) * way);
}

const PARTS = { system: 'system text', tools: 'list of tools', messages: 'earlier messages' };
const CAUSES = {
  system: 'It probably holds a clock, a counter or a list that changes: move that to the last message.',
  tools: 'Its order or wording differs from turn to turn: keep tools the same through a conversation.',
  messages: 'The client rewrites or drops what was said before: each change computes everything after it again.',
};

/**
 * What was lost by changed prefixes, the worst first: {client, where, tokens, seconds, times, says, advice}.
 *
 * Seconds are the tokens at the speed at which that client's prompts were computed.
 */
export function losses(records) {
  const found = new Map();
  for (const record of records) {
    if (!(record.lost_tokens > 0)) continue;
    const key = `${record.client}\n${record.lost_where}`;
    const sum = found.get(key) ?? { client: record.client, where: record.lost_where, tokens: 0, seconds: 0, times: 0 };
    const computed = record.prompt_tokens - (record.cached_tokens ?? 0);
    const perToken = computed > 0 ? record.prompt_ms / 1000 / computed : 0;
    found.set(key, { ...sum, tokens: sum.tokens + record.lost_tokens, seconds: sum.seconds + record.lost_tokens * perToken, times: sum.times + 1 });
  }
  return [...found.values()].sort((a, b) => b.seconds - a.seconds || b.tokens - a.tokens).map((loss) => ({ ...loss, ...words(loss) }));
}

function words({ where, tokens, seconds: lost, times }) {
  const part = PARTS[where] ?? 'beginning';
  const cost = lost >= 0.5 ? `${seconds(lost)} lost, ` : '';
  return {
    says: `its ${part} changed ${times === 1 ? 'once' : `${count(times)} times`}: ${cost}${short(tokens)} tokens computed again`,
    advice: CAUSES[where] ?? 'Keep what a conversation begins with as it is.',
  };
}

