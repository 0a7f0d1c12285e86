// What the console asks of its gateway.

const SAYS_CONSOLE = { 'x-ccproxy-console': '1' };

/** What went wrong, in words for whoever looks; `status` is 0 when nobody answered. */
export class Refused extends Error {
  constructor(status, message, kind) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/** Calls, and gives the JSON of the answer, or throws {@link Refused}. */
export async function call(path, init = {}) {
  const response = await send(path, init);
  if (response.status === 204) return null;
  const text = await response.text();
  const body = parsed(text);
  if (!response.ok) throw refusal(response.status, body, text);
  if (body === undefined) throw new Refused(response.status, `${path} did not answer with JSON.`);
  return body;
}

async function send(path, init) {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new Refused(0, 'The gateway does not answer.');
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function refusal(status, body, text = '') {
  const error = body?.error;
  const message = error?.message ?? (typeof error === 'string' ? error : text.slice(0, 200));
  return new Refused(status, message || `The gateway answered ${status}.`, error?.type ?? error?.code);
}

/** Asks for something; `query` leaves out what is empty. */
export const read = (path, query = {}, init = {}) => call(path + search(query), init);

export function search(query) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== '' && value !== null && value !== undefined) params.append(name, value);
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** Changes something; gives the sentence that says what was done. */
export async function act(path, body = {}, method = 'POST') {
  const answer = await call(path, {
    method,
    headers: { ...SAYS_CONSOLE, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer?.done ?? 'Done.';
}

export const session = () => call('/ccproxy/session');

export const signIn = (key) =>
  call('/ccproxy/session', { method: 'POST', headers: { ...SAYS_CONSOLE, authorization: `Bearer ${key}` } });

export const signOut = () => call('/ccproxy/session', { method: 'DELETE', headers: SAYS_CONSOLE });

/** A piece of a path. */
export const piece = encodeURIComponent;
