// Where the gateways are that `run` has started, and a fetch that remembers what it saw.

export const USUAL = address('GATEWAY_URL');
/** Its queue takes nobody: whoever finds no free slot is refused. */
export const FULL = address('GATEWAY_FULL_URL');

export const MODEL = 'coding';

function address(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; use src/test/node/run`);
  return value;
}

/** What an SDK does on the wire: each response, and the headers of its request. */
export function recorder() {
  const seen = [];
  const recording = async (input, init) => {
    const asked = performance.now();
    const response = await fetch(input, init);
    seen.push({
      asked,
      answered: performance.now(),
      path: new URL(typeof input === 'string' ? input : input.url ?? String(input)).pathname,
      sent: new Headers(init?.headers),
      status: response.status,
      headers: response.headers,
    });
    return response;
  };
  return { seen, fetch: recording };
}

/** Takes both slots of the fast model until it is released. */
export async function occupy() {
  const leave = new AbortController();
  await Promise.all([1, 2].map((number) => takeSlot(number, leave.signal)));
  return () => leave.abort();
}

/** Asks until there is a free slot: whoever was there before may just be leaving. */
async function takeSlot(number, signal) {
  for (let tries = 0; tries < 200; tries++) {
    const response = await fetch(`${FULL}/v1/chat/completions`, {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: MODEL, stream: true,
        messages: [{ role: 'user', content: `Tell me a long story, number ${number}.` }],
      }),
    });
    if (response.status === 200) return;
    await response.text();
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error('no slot became free');
}

/** All of an async iterable. */
export async function all(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}
