// The points of the chart of Usage: each day's sums come in one answer, each hour's in one for each name.

import { useEffect, useState } from '../lib/preact.js';
import { read } from '../api.js';
import { startOf } from '../view/usage.js';

export function usePoints({ period, by, measure, names, daily }) {
  const [state, setState] = useState({ points: null, error: null });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([period, by, measure, names, daily]);
  useEffect(() => {
    const leave = new AbortController();
    const asked = daily ? days(period, by, measure, leave.signal) : hours(period, by, measure, names, leave.signal);
    asked.then((points) => setState({ points, error: null }), (error) => leave.signal.aborted || setState({ points: null, error }));
    return () => leave.abort();
  }, [key, turn]);
  return { ...state, again: () => setTurn((n) => n + 1) };
}

async function days(from, by, measure, signal) {
  const { rows } = await read('/ccproxy/usage', { from, by: `day,${by}`, limit: 10_000 }, { signal });
  return rows.map((row) => ({ at: startOf(row.day), name: row[by], value: row[measure] }));
}

async function hours(from, by, measure, names, signal) {
  const ask = async (name) => (await read('/ccproxy/usage', { from, by: 'hour', ...(name !== null && { [by]: name }) }, { signal })).rows;
  const filters = names.filter((name) => name !== '');
  const [all, ...each] = await Promise.all([null, ...filters].map(ask));
  const points = each.flatMap((rows, index) => rows.map((row) => ({ at: startOf(row.hour), name: filters[index], value: row[measure] })));
  // What is left of each hour belongs to nobody of these.
  const rest = new Map(all.map((row) => [startOf(row.hour), row[measure]]));
  points.forEach(({ at, value }) => rest.set(at, (rest.get(at) ?? 0) - value));
  const last = names.includes('') ? '' : 'others';
  return [...points, ...[...rest].filter(([, value]) => value > 1e-9).map(([at, value]) => ({ at, name: last, value }))];
}
