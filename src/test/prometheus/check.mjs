// Makes load, waits until Prometheus has seen it, and asks every query of every dashboard.
import fs from 'node:fs';
import path from 'node:path';
import {Load} from './load.mjs';

const {GATEWAY_URL, PROMETHEUS_URL, OLLAMA_URLS, DASHBOARDS} = process.env;
const VALUES = {$__rate_interval: '1m', $__range: '5m', $instance: '.*', $model: '.*', $backend: '.*'};

async function get(url) {
  const answer = await fetch(url, {signal: AbortSignal.timeout(10_000)});
  return answer.text();
}

async function prometheus(endpoint, parameters) {
  const said = JSON.parse(await get(`${PROMETHEUS_URL}/api/v1/${endpoint}?${new URLSearchParams(parameters)}`));
  if (said.status !== 'success') throw new Error(said.error);
  return said.data;
}

// Until it is true, for at most this long; what it throws last is what is said then.
async function until(what, condition, milliseconds = 15_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    let why = '';
    try {
      if (await condition()) return;
    } catch (failure) {
      why = `: ${failure.message}`;
    }
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}${why}`);
    await new Promise(go => setTimeout(go, 100));
  }
}

// Requests that have ended, as the gateway counts them.
async function ended() {
  const lines = (await get(`${GATEWAY_URL}/metrics`)).split('\n');
  return lines.filter(line => line.startsWith('ccproxy_requests_total{')).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function scraped(atLeast) {
  const count = await ended();
  if (count < atLeast) return false;
  const {result} = await prometheus('query', {query: 'sum(ccproxy_requests_total)'});
  return result.length > 0 && Number(result[0].value[1]) === count;
}

function filled(expression) {
  const query = expression.replace(/\$\{?(\w+)\}?/g, (whole, name) => VALUES[`$${name}`] ?? whole);
  if (query.includes('$')) throw new Error(`there is a variable that nobody knows: ${query}`);
  return query;
}

// What a query lacks; empty when nothing.
async function lack(expression) {
  try {
    const query = filled(expression);
    const {result} = await prometheus('query', {query});
    if (!result.some(series => !Number.isNaN(Number(series.value[1])))) return `gives no data: ${query}`;
    // What stands in for data when there is none must not hide that there is none.
    for (const name of new Set(query.match(/\b(ccproxy|jvm)_\w+/g))) {
      const series = await prometheus('query', {query: `count(${name})`});
      if (series.result.length === 0) return `${name} has no series`;
    }
    return '';
  } catch (failure) {
    return failure.message;
  }
}

// The series that the values of a variable come from.
function series(variable) {
  const [, metric] = variable.query.query.match(/^label_values\((.+), \w+\)$/);
  return `count(${metric})`;
}

function* queries() {
  for (const file of fs.readdirSync(DASHBOARDS).filter(name => name.endsWith('.json')).sort()) {
    const dashboard = JSON.parse(fs.readFileSync(path.join(DASHBOARDS, file), 'utf8'));
    for (const variable of dashboard.templating.list.filter(each => each.type === 'query')) {
      yield {where: `${file}, variable ${variable.name}`, expression: series(variable)};
    }
    for (const panel of dashboard.panels) {
      for (const target of panel.targets ?? []) {
        yield {where: `${file}, panel ${panel.id} “${panel.title}”, query ${target.refId}`, expression: target.expr};
      }
    }
  }
}

const load = new Load(GATEWAY_URL, OLLAMA_URLS.split(' '));
await until('Prometheus scrapes the gateway', async () => (await prometheus('query', {query: 'up == 1'})).result.length === 1);
for (const number of [1, 2]) {
  const before = await ended();
  await load.round(number);
  // Two scrapes of each round at least: a rate needs both.
  await until(`Prometheus has seen round ${number}`, () => scraped(before + 1));
}

const wrong = [];
let asked = 0;
for (const {where, expression} of queries()) {
  asked++;
  const why = await lack(expression);
  if (why) wrong.push(`${where}: ${why}`);
}
console.log(`${asked} queries of dashboards asked, ${wrong.length} without data`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
}
