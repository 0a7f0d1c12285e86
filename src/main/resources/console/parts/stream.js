// Sends one request of the Playground and tells each piece of its answer.

import { DIALECTS } from '../view/dialects.js';
import { refusal } from '../api.js';

/** Pieces that come between two frames are shown together. */
export async function stream({ dialect, body, key, signal, change, grown }) {
  const waiting = [];
  let frame = 0;
  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    const pieces = waiting.splice(0);
    if (pieces.length > 0) change((answer) => pieces.reduce(grown, answer));
  };
  const take = (piece) => {
    if (waiting.length === 0 && !frame) frame = requestAnimationFrame(flush);
    // A page that nobody sees has no frames; its answer must not pile up piece by piece.
    waiting.push(piece);
    if (document.hidden && waiting.length > 500) flush();
  };
  let stopped = false;
  try {
    await read({ dialect, body, key, signal, change, take });
  } catch (cause) {
    stopped = signal.aborted;
    if (!stopped) take({ error: cause.status === undefined ? 'The answer broke off: the gateway does not answer.' : cause.message });
  }
  flush();
  change((answer) => ({ ...answer, stopped, ended: performance.now() }));
}

async function read({ dialect, body, key, signal, change, take }) {
  const { path, reader } = DIALECTS[dialect];
  const response = await fetch(path, {
    method: 'POST', signal,
    headers: { 'content-type': 'application/json', 'x-ccproxy-client': 'playground', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await refused(response);
  const header = (name) => response.headers.get(name);
  change((answer) => ({ ...answer, backend: header('x-ccproxy-backend'), answeredBy: header('x-ccproxy-model'), request: header('x-request-id'), queued: Number(header('x-ccproxy-queue-ms')) }));
  let first = true;
  const feed = reader((piece) => {
    if (first && (piece.text || piece.thinking || piece.call)) {
      first = false;
      const now = performance.now();
      change((answer) => ({ ...answer, first: now }));
    }
    take(piece);
  });
  const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) feed(piece.value);
}

async function refused(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return refusal(response.status, body, text);
}
