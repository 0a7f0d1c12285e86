// Paints the timeline on a canvas.

import { colour, hue } from './colours.js';
import { group, KINDS, legend, queueDepth, ticks, turns, within } from '../view/timeline.js';
import { time } from '../view/format.js';

export const LEFT = 118;
export const AXIS = 22;
export const QUEUE = 42;

/** The colours of this theme. */
export function inks() {
  return {
    text: colour('--text'), muted: colour('--muted'), line: colour('--line'), panel: colour('--panel'), sunk: colour('--sunk'), accent: colour('--accent'),
    queue: colour('--queue'), load: colour('--loading'), prompt: colour('--prompt'), cached: colour('--cached'), output: colour('--output'), hold: colour('--held'), ghost: colour('--ghost'),
  };
}

/** Fits a canvas to its box, sharp on every screen. */
export function fitted(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

export function paint(canvas, { data, window, layout, by, width, height, left, selected, hovered }) {
  const context = fitted(canvas, width, height);
  const ink = inks();
  const x = (at) => left + ((at - window.from) / (window.to - window.from)) * (width - left);
  context.font = '11.5px system-ui, -apple-system, sans-serif';
  context.textBaseline = 'middle';
  axis(context, window, width, height, left, x, ink);
  queue(context, data, window, width, left, ink);
  rows(context, layout, width, left, ink);
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, height);
  context.clip();
  stretches(context, { data, window, layout, by, x, ink, selected, hovered });
  const chosen = hovered ?? selected;
  if (chosen !== null && chosen !== undefined) links(context, data, window, layout, chosen, x, ink);
  context.restore();
}

function axis(context, window, width, height, left, x, ink) {
  const { step, at } = ticks(window.from, window.to, width - left);
  context.strokeStyle = ink.line;
  context.fillStyle = ink.muted;
  context.textAlign = 'center';
  context.beginPath();
  for (const moment of at) {
    const place = Math.round(x(moment)) + 0.5;
    if (place < left) continue;
    context.moveTo(place, AXIS - 4);
    context.lineTo(place, height);
    if (place > left + 24 && place < width - 24) context.fillText(time(moment, step < 60_000), place, AXIS / 2 - 1);
  }
  context.stroke();
}

function queue(context, data, window, width, left, ink) {
  const steps = Math.max(1, Math.floor((width - left) / 2));
  const depth = queueDepth(data, window.from, window.to, steps);
  const most = depth.reduce((max, n) => Math.max(max, n), 0);
  const bottom = AXIS + QUEUE;
  context.fillStyle = ink.queue;
  depth.forEach((n, index) => {
    if (n > 0) {
      const height = Math.max(1, (n / Math.max(most, 4)) * (QUEUE - 8));
      context.fillRect(left + index * 2, bottom - height, 2, height);
    }
  });
  label(context, 'waiting', most > 0 ? `most ${most}` : 'nobody', left, AXIS + QUEUE / 2 + 2, ink);
  context.strokeStyle = ink.line;
  context.strokeRect(left + 0.5, bottom + 0.5, width - left, 0.01);
}

function label(context, name, more, left, y, ink) {
  context.textAlign = 'left';
  context.fillStyle = ink.text;
  context.fillText(clipped(context, name, left - 14), 2, more ? y - 7 : y);
  if (more) {
    context.fillStyle = ink.muted;
    context.fillText(clipped(context, more, left - 14), 2, y + 7);
  }
}

function clipped(context, text, most) {
  if (context.measureText(text).width <= most) return text;
  let shown = text;
  while (shown.length > 1 && context.measureText(`${shown}…`).width > most) shown = shown.slice(0, -1);
  return `${shown}…`;
}

function rows(context, { rows: lanes }, width, left, ink) {
  for (const { backend, slot, y, height } of lanes) {
    context.fillStyle = ink.sunk;
    context.fillRect(left, y + 2, width - left, height - 4);
    context.textAlign = 'left';
    context.fillStyle = ink.text;
    if (height >= 13) context.fillText(clipped(context, `${backend} · ${slot}`, left - 12), 2, y + height / 2);
  }
}

/** Widths below a pixel are merged into what is there already, or a day would be painted 100,000 times. */
function stretches(context, { data, window, layout, by, x, ink, selected, hovered }) {
  const colours = new Map(legend(data, by, window.from, window.to, 48).map((name, index) => [name, hue(index)]));
  const chosen = hovered ?? selected;
  const reached = new Map();
  for (const i of within(data, window.from, window.to)) {
    const row = layout.at.get(data.slot[i]);
    if (!row) continue;
    const from = x(data.start[i]);
    const to = x(data.end[i]);
    const kind = KINDS[data.kind[i]];
    if (kind === 'cached') continue;
    const isChosen = chosen !== null && chosen !== undefined && data.exchanges[i] === chosen;
    if (!isChosen && to - from < 0.7 && to <= (reached.get(row.index) ?? -1)) continue;
    reached.set(row.index, Math.max(reached.get(row.index) ?? -1, from + 0.7));
    const fill = by === 'phase' ? ink[kind] : colours.get(group(data, i, by)) ?? ink.queue;
    context.globalAlpha = chosen !== null && chosen !== undefined && !isChosen ? 0.42 : 1;
    bar(context, kind, from, Math.max(0.7, to - from), row, fill, by);
    if (isChosen) outline(context, from, Math.max(2, to - from), row, ink);
  }
  context.globalAlpha = 1;
}

/** Phases are told apart by their height as well, so that other colours leave them readable. */
function bar(context, kind, x, width, { y, height }, fill, by) {
  const inner = height - 6;
  const share = { load: 1, prompt: 1, output: 0.62, hold: 0.2, ghost: 0.4 }[kind] ?? 1;
  context.fillStyle = fill;
  const own = context.globalAlpha;
  if (by !== 'phase' && kind === 'load') context.globalAlpha = own * 0.55;
  const thick = Math.max(2, inner * (by === 'phase' && kind !== 'hold' ? 1 : share));
  context.fillRect(x, y + 3 + inner - thick, width, thick);
  context.globalAlpha = own;
}

function outline(context, x, width, { y, height }, ink) {
  context.strokeStyle = ink.text;
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.5, y + 2.5, width - 1, height - 5);
  context.lineWidth = 1;
}

/** The turns of the chosen request's conversation, over the slots. */
function links(context, data, window, layout, chosen, x, ink) {
  const at = data.exchanges.indexOf(chosen);
  if (at < 0 || !data.strings[data.conversations[at]]) return;
  const all = turns(data, data.conversations[at], data.from, data.to);
  context.strokeStyle = ink.text;
  context.fillStyle = ink.text;
  context.lineWidth = 1.4;
  for (let i = 0; i < all.length; i++) {
    const row = layout.at.get(all[i].slot);
    if (!row) continue;
    const middle = row.y + row.height / 2;
    context.beginPath();
    context.arc(x(all[i].start), middle, 2.6, 0, 7);
    context.fill();
    const next = all[i + 1];
    const target = next && layout.at.get(next.slot);
    if (!target) continue;
    const [from, to, end] = [x(all[i].end), x(next.start), target.y + target.height / 2];
    const bend = Math.max(12, Math.abs(to - from) / 2);
    context.beginPath();
    context.moveTo(from, middle);
    context.bezierCurveTo(from + bend, middle, to - bend, end, to, end);
    context.stroke();
  }
  context.lineWidth = 1;
}

/** All there is, small, with the window in it. */
export function paintWhole(canvas, { data, window, width, height, left }) {
  const context = fitted(canvas, width, height);
  const ink = inks();
  const steps = Math.max(1, Math.floor((width - left) / 2));
  const busy = new Array(steps).fill(0);
  const step = (data.to - data.from) / steps;
  for (let i = 0; i < data.start.length; i++) {
    if (data.slot[i] < 0 || data.kind[i] === 5) continue;
    const last = Math.min(steps - 1, Math.floor((data.end[i] - data.from) / step));
    for (let s = Math.max(0, Math.floor((data.start[i] - data.from) / step)); s <= last; s++) {
      const start = data.from + s * step;
      busy[s] += Math.max(0, Math.min(data.end[i], start + step) - Math.max(data.start[i], start)) / step;
    }
  }
  const most = Math.max(1, data.slots.length);
  context.fillStyle = ink.sunk;
  context.fillRect(left, 0, width - left, height);
  context.fillStyle = ink.output;
  busy.forEach((n, index) => n > 0 && context.fillRect(left + index * 2, height - Math.min(1, n / most) * (height - 4), 2, height));
  const x = (at) => left + ((at - data.from) / (data.to - data.from)) * (width - left);
  const [a, b] = [x(window.from), x(window.to)];
  context.fillStyle = ink.panel;
  context.globalAlpha = 0.72;
  context.fillRect(left, 0, a - left, height);
  context.fillRect(b, 0, width - b, height);
  context.globalAlpha = 1;
  context.strokeStyle = ink.accent;
  context.lineWidth = 2;
  context.strokeRect(a + 1, 1, Math.max(3, b - a - 2), height - 2);
  context.lineWidth = 1;
  context.font = '11.5px system-ui, -apple-system, sans-serif';
  context.textBaseline = 'middle';
  label(context, 'all', '', left, height / 2, ink);
}
