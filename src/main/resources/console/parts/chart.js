// A stack of bars over time, drawn by uPlot, which comes when it is first needed.

import { html, useEffect, useRef } from '../lib/preact.js';
import { useSize } from '../hooks.js';
import { colour, palette } from './colours.js';
import { heights, round } from '../view/usage.js';

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('../lib/uplot.css', import.meta.url).href });
    const script = Object.assign(document.createElement('script'), { src: new URL('../lib/uplot.js', import.meta.url).href });
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => { loading = null; reject(new Error('the chart could not be loaded')); };
    document.head.append(sheet, script);
  });
  return loading;
}

/** `data` is {starts, series}; `write` makes a value readable; `label` says what it is to those who do not see it. */
export function Stack({ data, write, unit = 1, label, height = 220 }) {
  const box = useRef(null);
  const { width } = useSize(box);
  useEffect(() => {
    if (!width) return undefined;
    let plot;
    let current = true;
    const draw = () => library().then((uPlot) => {
      if (!current) return;
      plot?.destroy();
      plot = new uPlot(options(uPlot, data, { write, unit, width, height }), columns(data), box.current);
    }, () => {});
    draw();
    document.documentElement.addEventListener('themed', draw);
    return () => {
      current = false;
      document.documentElement.removeEventListener('themed', draw);
      plot?.destroy();
    };
  }, [data, width, height, write]);
  const colours = palette(data.series.length);
  return html`<figure class="chart">
    <div ref=${box} class="chart-box" role="img" aria-label=${label}></div>
    <figcaption class="legend">${data.series.map(({ name }, index) => html`<span key=${name}><${Swatch} colour=${colours[index]} />${name}</span>`)}</figcaption>
  </figure>`;
}

export function Swatch({ colour: fill }) {
  return html`<i class="swatch" style=${{ background: fill }}></i>`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The name of a bar: an hour where the reader is, or a day of the records, which are in UTC. */
function day(seconds, step) {
  const date = new Date(seconds * 1000);
  return step < 86_400_000 ? `${String(date.getHours()).padStart(2, '0')}:00` : `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** As many bars have a name as there is room for. */
function some(starts, width) {
  const every = Math.max(1, Math.ceil(starts.length / Math.max(1, Math.floor((width - 80) / 64))));
  return starts.filter((start, index) => index % every === 0).map((start) => start / 1000);
}

/** Seconds, and the layers from the highest down, so that lower ones are painted over it. */
const columns = ({ starts, series }) => [starts.map((start) => start / 1000), ...heights(series).reverse()];

function options(uPlot, { starts, series }, { write, unit, width, height }) {
  const step = starts.length > 1 ? starts[1] - starts[0] : 86_400_000;
  const muted = colour('--muted');
  const line = colour('--line');
  const colours = palette(series.length);
  const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font: '11px system-ui, sans-serif' };
  const bars = uPlot.paths.bars({ size: [0.72, 40] });
  const half = step / 2000;
  return {
    width, height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 6, 0, 0],
    scales: { x: { range: [starts[0] / 1000 - half, starts.at(-1) / 1000 + half] }, y: { range: (plot, min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [{ ...axis, size: 30, values: (plot, splits) => splits.map((at) => day(at, step)), splits: () => some(starts, width), grid: { show: false } }, { ...axis, size: 74, splits: (plot, index, low, high) => round(high, unit), values: (plot, splits) => splits.map((value) => (value === 0 ? '0' : write(value))) }],
    series: [{}, ...series.map((one, index) => ({ fill: colours[series.length - 1 - index], width: 0, paths: bars, points: { show: false } }))],
  };
}
