// What the screen Models shows.

import { bytes, NONE } from './format.js';
import { compare } from './now.js';

/** One word for a model, and its tone. */
export function standingOf(model) {
  if (!model.available) return { word: 'offline', tone: 'bad' };
  return model.loaded_on.length > 0 ? { word: 'ready', tone: 'good' } : { word: 'loads first', tone: 'warn' };
}

/** Windows are told in 1,024s, as model cards have them. */
export const windowOf = (tokens) => (!tokens ? NONE : tokens >= 1024 ? `${Math.round(tokens / 1024)} k` : String(tokens));

/** How full a memory is, in words; what models want may be more than there is. */
export function memoryWords(used, total) {
  if (!total) return `${bytes(used)} in models`;
  return used > total ? `${bytes(used)} in models, more than its ${bytes(total)}` : `${bytes(used)} of ${bytes(total)}`;
}

/** Each host with what is loaded there, the largest first. */
export function memory(doc) {
  const byHost = new Map();
  for (const [backend, { host, models_loaded: loaded = {} }] of Object.entries(doc.backends ?? {})) {
    const name = host ?? backend;
    if (!byHost.has(name)) byHost.set(name, []);
    for (const [model, { size = 0, vram = 0 }] of Object.entries(loaded)) byHost.get(name).push({ backend, model, size, vram });
  }
  return [...byHost].sort(([a], [b]) => compare(a, b)).map(([name, loads]) => {
    const { memory_total: total = null, memory_used: used = null } = doc.hosts?.[name] ?? {};
    loads.sort((a, b) => b.size - a.size || compare(a.model, b.model));
    return { name, total, used, loads, models: loads.reduce((sum, { size }) => sum + size, 0), tight: total > 0 && used / total > 0.92 };
  });
}
