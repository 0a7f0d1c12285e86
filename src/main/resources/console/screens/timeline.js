// Timeline: who was in which slot when, and why; painted on a canvas, with the same as a list below it.

import { html, useEffect, useMemo, useRef, useState } from '../lib/preact.js';
import { feed, useAnswer, useKept, useSize } from '../hooks.js';
import { Choice, Empty, Failed, Segments, Waiting } from '../parts/ui.js';
import { LostFeed } from '../parts/status.js';
import { LongTable } from '../parts/list.js';
import { Opened } from '../parts/requests.js';
import { Swatch } from '../parts/chart.js';
import { colour, hue } from '../parts/colours.js';
import { AXIS, LEFT, paint, paintWhole, QUEUE } from '../parts/paint.js';
import { brief, count, plural, span, time } from '../view/format.js';
import { bounded, COLOURS, columns, hit, KIND_WORDS, KINDS, lanes, legend, RANGES, requests, whole, zoomed } from '../view/timeline.js';

const REFRESH = 5000;
/** As many stretches as the gateway tells at once. */
const MOST = 50_000;

export default function Timeline({ query }) {
  const [range, setRange] = useKept('timeline.range', RANGES[0][0]);
  const [by, setBy] = useKept('timeline.colour', 'phase');
  const [follow, setFollow] = useState(true);
  const [asked, setAsked] = useState(() => ({ to: Math.round(feed.now()) }));
  const [window, setWindow] = useState(null);
  const [selected, setSelected] = useState(null);
  const opened = query.get('id');
  const [shown, setShown] = useState(opened);
  useEffect(() => setShown(opened), [opened]);
  useEffect(() => {
    if (!follow) return undefined;
    const timer = setInterval(() => document.hidden || setAsked({ to: Math.round(feed.now()) }), REFRESH);
    return () => clearInterval(timer);
  }, [follow]);
  const { data: answer, error, again } = useAnswer('/ccproxy/timeline', { from: asked.to - Number(range), to: asked.to, limit: MOST });
  const data = useMemo(() => answer && columns(answer), [answer]);
  const view = data && (window ? bounded(window, data) : whole(data));
  const zoom = (next) => {
    setFollow(false);
    setWindow(next);
  };
  const all = () => {
    setWindow(null);
    setFollow(true);
    setAsked({ to: Math.round(feed.now()) });
  };
  const choose = (ms) => {
    setRange(ms);
    all();
  };
  const open = (exchange) => {
    setSelected(exchange);
    setShown(data.strings[exchange]);
  };
  return html`<${LostFeed} />
    <div class="row spread">
      <div class="row"><${Segments} label="How much of the past" value=${range} onChange=${choose} options=${RANGES} />
        <${Choice} label="colour by" value=${by} onChange=${setBy} options=${COLOURS} /></div>
      <div class="row">
        ${view && html`<span class="muted num">${time(view.from)} – ${time(view.to)}, ${span(view.to - view.from)}</span>`}
        <button aria-pressed=${String(follow)} onClick=${() => (follow ? setFollow(false) : all())}>${follow ? 'Following' : 'Follow'}</button>
        ${window && html`<button onClick=${all}>Show all</button>`}
      </div>
    </div>
    ${error && html`<${Failed} what="The timeline could not be read." error=${error} again=${again}>${data ? 'What you see is how it was.' : 'The other screens still work.'}<//>`}
    ${!data && !error && html`<${Waiting} what="Asking for the past" />`}
    ${data?.truncated && html`<p class="note">More happened than is shown here: choose a shorter time.</p>`}
    ${data && data.start.length === 0 && html`<${Empty} title="Nothing ran in this time.">Each request appears here when it gets a slot. The timeline keeps 24 hours in memory; a restart begins it anew.<//>`}
    ${data && data.start.length > 0 && html`<${Board} data=${data} view=${view} by=${by} zoom=${zoom} all=${all} selected=${selected} select=${setSelected} open=${open} />
      <${Legend} data=${data} by=${by} view=${view} />
      <${Listed} data=${data} view=${view} open=${open} select=${setSelected} />`}
    ${shown && html`<${Opened} id=${shown} close=${() => setShown(null)} />`}`;
}

function Board({ data, view, by, zoom, all, selected, open }) {
  const box = useRef(null);
  const canvas = useRef(null);
  const overview = useRef(null);
  const { width } = useSize(box);
  const [hovered, setHovered] = useState(null);
  const [tip, setTip] = useState(null);
  const [brush, setBrush] = useState(null);
  const [themes, setThemes] = useState(0);
  const left = width < 520 ? 74 : LEFT;
  const lane = data.slots.length > 40 ? 14 : data.slots.length > 16 ? 20 : 28;
  const layout = useMemo(() => lanes(data.slots, lane, AXIS + QUEUE + 8), [data, lane]);
  const height = layout.bottom + 6;
  useEffect(() => {
    const changed = () => setThemes((n) => n + 1);
    document.documentElement.addEventListener('themed', changed);
    return () => document.documentElement.removeEventListener('themed', changed);
  }, []);
  useEffect(() => {
    if (!width) return undefined;
    const frame = requestAnimationFrame(() => {
      paint(canvas.current, { data, window: view, layout, by, width, height, left, selected, hovered: hovered === null ? null : data.exchanges[hovered] });
      paintWhole(overview.current, { data, window: view, width, height: 46, left });
    });
    return () => cancelAnimationFrame(frame);
  }, [data, view.from, view.to, layout, by, width, selected, hovered, themes]);

  const moment = (clientX, range) => {
    const { left: x } = box.current.getBoundingClientRect();
    return range.from + ((clientX - x - left) / (width - left)) * (range.to - range.from);
  };
  const under = (event) => {
    const y = event.clientY - canvas.current.getBoundingClientRect().top;
    const row = layout.rows.find((one) => y >= one.y && y < one.y + one.height);
    return row ? hit(data, row.index, moment(event.clientX, view), ((view.to - view.from) / Math.max(1, width)) * 3) : -1;
  };
  const move = (event) => {
    if (brush) {
      setBrush({ ...brush, to: moment(event.clientX, view) });
      return;
    }
    const index = under(event);
    setHovered(index < 0 ? null : index);
    setTip(index < 0 ? null : { index, x: event.clientX - box.current.getBoundingClientRect().left, y: event.clientY - canvas.current.getBoundingClientRect().top });
  };
  const down = (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setBrush({ from: moment(event.clientX, view), to: moment(event.clientX, view), x: event.clientX });
  };
  const up = (event) => {
    const moved = brush && Math.abs(event.clientX - brush.x) > 6;
    setBrush(null);
    if (moved) {
      zoom(bounded({ from: Math.min(brush.from, moment(event.clientX, view)), to: Math.max(brush.from, moment(event.clientX, view)) }, data));
      return;
    }
    const index = under(event);
    if (index >= 0 && data.strings[data.exchanges[index]]) open(data.exchanges[index]);
  };
  const wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey && Math.abs(event.deltaY) > Math.abs(event.deltaX)) return;
    event.preventDefault();
    const length = view.to - view.from;
    if (event.ctrlKey || event.metaKey) zoom(zoomed(view, event.deltaY > 0 ? 1.25 : 0.8, moment(event.clientX, view), data));
    else zoom(bounded({ from: view.from + (event.deltaX / width) * length, to: view.to + (event.deltaX / width) * length }, data));
  };
  const keys = (event) => {
    const length = view.to - view.from;
    const shift = (share) => zoom(bounded({ from: view.from + length * share, to: view.to + length * share }, data));
    const action = {
      ArrowLeft: () => shift(-0.2), ArrowRight: () => shift(0.2), '+': () => zoom(zoomed(view, 0.6, null, data)), '=': () => zoom(zoomed(view, 0.6, null, data)),
      '-': () => zoom(zoomed(view, 1.6, null, data)), 0: all, Home: () => zoom(bounded({ from: data.from, to: data.from + length }, data)), End: () => zoom(bounded({ from: data.to - length, to: data.to }, data)),
    }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  useEffect(() => {
    // Preact's listeners are passive where a wheel must not scroll the page.
    const node = canvas.current;
    node.addEventListener('wheel', wheel, { passive: false });
    return () => node.removeEventListener('wheel', wheel);
  });
  const band = (event) => {
    if (event.buttons !== 1) return;
    const centre = moment(event.clientX, data);
    const half = (view.to - view.from) / 2;
    if (half * 2 < data.to - data.from) zoom(bounded({ from: centre - half, to: centre + half }, data));
  };
  const x = (at) => left + ((at - view.from) / (view.to - view.from)) * (width - left);
  return html`<section class="panel board" aria-label="Slots over time">
    <div ref=${box} class="board-box">
      <canvas ref=${canvas} tabindex="0" role="application" aria-label="Slots over time. Arrow keys move, plus and minus zoom, 0 shows all. The list below holds the same requests."
        onPointerMove=${move} onPointerLeave=${() => { setHovered(null); setTip(null); }} onPointerDown=${down} onPointerUp=${up} onKeyDown=${keys}></canvas>
      ${brush && html`<div class="brush" style=${{ left: `${Math.min(x(brush.from), x(brush.to))}px`, width: `${Math.abs(x(brush.to) - x(brush.from))}px` }}></div>`}
      ${tip && !brush && html`<${Tip} data=${data} tip=${tip} width=${width} />`}
    </div>
    <canvas ref=${overview} class="whole" aria-hidden="true" onPointerDown=${band} onPointerMove=${band}></canvas>
  </section>`;
}

function Tip({ data, tip: { index, x, y }, width }) {
  const text = (column) => data.strings[column[index]];
  const kind = KINDS[data.kind[index]];
  return html`<div class="tip" style=${{ left: `${Math.max(4, Math.min(x + 12, width - 260))}px`, top: `${y + 16}px` }}>
    <strong>${text(data.clients) || 'nobody'}</strong> <span class="muted">${KIND_WORDS[kind]} ${span(data.end[index] - data.start[index])}</span>
    <div class="muted">${[text(data.models), text(data.conversations) && brief(text(data.conversations)), `${time(data.start[index])} – ${time(data.end[index])}`].filter(Boolean).join(' · ')}</div>
  </div>`;
}

const PHASES = [['queue', 'waiting'], ['loading', 'loading'], ['prompt', 'prompt'], ['output', 'answer'], ['held', 'held'], ['ghost', 'ghost']];

function Legend({ data, by, view }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const changed = () => redraw((n) => n + 1);
    document.documentElement.addEventListener('themed', changed);
    return () => document.documentElement.removeEventListener('themed', changed);
  }, []);
  if (by === 'phase') return html`<p class="legend">${PHASES.map(([phase, word]) => html`<span key=${phase}><i class=${`swatch ${phase}`}></i>${word}</span>`)}</p>`;
  const names = legend(data, by, view.from, view.to);
  return html`<p class="legend">${names.map((name, index) => html`<span key=${name}><${Swatch} colour=${data.strings[name] ? hue(index) : colour('--queue')} />${brief(data.strings[name], 26) || 'not known'}</span>`)}
    <span>tall: loading and prompt; lower: answer; thin: held, ghost</span></p>`;
}

const COLUMNS = [
  { key: 'time', title: 'Began', class: 'num' }, { key: 'client', title: 'Client', class: 'clip' }, { key: 'model', title: 'Model', class: 'clip wide-only' },
  { key: 'slot', title: 'Slot', class: 'clip' }, { key: 'waited', title: 'Waited', class: 'num' }, { key: 'took', title: 'Took', class: 'num' },
];

function Listed({ data, view, open }) {
  const rows = useMemo(() => requests(data, view.from, view.to), [data, view.from, view.to]);
  const text = (id) => data.strings[id];
  const where = (row) => (row.slot < 0 ? 'waits' : `${data.slots[row.slot].backend} · ${data.slots[row.slot].slot}`);
  return html`<section class="listed" aria-labelledby="listed-title">
    <h2 class="section" id="listed-title">${plural(rows.length, 'request')} in view <span class="muted">the latest first; one opens with why it went there</span></h2>
    <${LongTable} label="Requests in view" items=${rows} keyOf=${(row) => row.exchange} height=${34} columns=${COLUMNS} row=${(row) => [
      html`<button class="link" aria-label=${`Open the request of ${text(row.client)} at ${time(row.start)}`} onClick=${() => open(row.exchange)}>${time(row.start)}</button>`,
      text(row.client) || html`<span class="muted">none</span>`, text(row.model), where(row),
      row.waited > 0 ? span(row.waited) : html`<span class="muted">no</span>`, row.slot < 0 ? html`<span class="muted">–</span>` : `${span(row.end - row.start - row.waited)}${row.ghost ? ' ghost' : ''}`,
    ]} />
    <span class="sr-only" role="status">${count(rows.length)} requests in view</span>
  </section>`;
}
