// A stack of bars over time, drawn by uPlot, which comes when it is first needed.

import { html, useEffect, useRef } from '../preact.js';
import { useSize } from '../hooks.js';
import { colour, palette } from './colours.js';
import { heights } from '../view/usage.js';

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/ccproxy/console/uplot.css' });
    const script = Object.assign(document.createElement('script'), { src: '/ccproxy/console/uplot.js' });
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => { loading = null; reject(new Error('the chart could not be loaded')); };
    document.head.append(sheet, script);
  });
  return loading;
}

/** `data` is {starts, series}; `write` makes a value readable; `label` says what it is to those who do not see it. */
export function Stack({ data, write, label, height = 220 }) {
  const box = useRef(null);
  const { width } = useSize(box);
  useEffect(() => {
    if (!width) return undefined;
    let plot;
    let current = true;
    const draw = () => library().then((uPlot) => {
      if (!current) return;
      plot?.destroy();
      plot = new uPlot(options(uPlot, data, { write, width, height }), columns(data), box.current);
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

/** Seconds, and the layers from the highest down, so that lower ones are painted over it. */
const columns = ({ starts, series }) => [starts.map((start) => start / 1000), ...heights(series).reverse()];

function options(uPlot, { series }, { write, width, height }) {
  const muted = colour('--muted');
  const line = colour('--line');
  const colours = palette(series.length);
  const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font: '11px system-ui, sans-serif' };
  const bars = uPlot.paths.bars({ size: [0.72, 40], align: 1 });
  return {
    width, height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 6, 0, 0],
    scales: { y: { range: (plot, min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [axis, { ...axis, size: 66, values: (plot, splits) => splits.map((value) => (value === 0 ? '0' : write(value))) }],
    series: [{}, ...series.map((one, index) => ({ fill: colours[series.length - 1 - index], width: 0, paths: bars, points: { show: false } }))],
  };
}
