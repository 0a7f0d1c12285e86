// What an operator can do. Each asks once, and tells what was done.

import { act, piece } from '../api.js';
import { confirm, menu } from './ui.js';
import { otherClasses } from '../view/now.js';
import { span } from '../view/format.js';
import { feed } from '../hooks.js';

const request = (exchange) => `/ccproxy/requests/${piece(exchange)}`;
const backend = (id) => `/ccproxy/backends/${piece(id)}`;

const cancel = (exchange, client, what) => confirm({
  title: `Cancel the request of ${client}?`,
  text: `${what} The client gets its protocol's error, and many clients send the request again.`,
  verb: 'Cancel the request',
  danger: true,
  run: () => act(`${request(exchange)}/cancel`),
});

const look = (exchange) => ({ label: 'Open its record', run: () => { location.hash = `#/usage?id=${piece(exchange)}`; } });

export const stop = (client) => confirm({
  title: `Stop all work of ${client}?`,
  text: 'Everything of this client that waits or runs is cancelled. What it asks for afterwards is served as before.',
  verb: 'Stop all',
  danger: true,
  run: () => act(`/ccproxy/clients/${piece(client)}/stop`),
});

const stopping = (client) => client && { label: `Stop all work of ${client} …`, danger: true, run: () => stop(client) };

export const waitingMenu = (event, row) => menu(event, `Request of ${row.client}`, [
  ...otherClasses(row.class).map(({ name, verb }) => ({
    label: `${verb} to ${name} …`,
    run: () => confirm({
      title: `${verb} the request of ${row.client} to ${name}?`,
      text: 'A higher class goes first, whatever the age of the others. Only this request changes.',
      verb: `${verb} to ${name}`,
      run: () => act(`${request(row.exchange)}/class`, { class: name }),
    }),
  })),
  null,
  { label: 'Cancel the request …', danger: true, run: () => cancel(row.exchange, row.client, 'It leaves the waiting room.') },
  stopping(row.client) ?? undefined,
]);

export const slotMenu = (event, slot) => menu(event, `Request of ${slot.client}`, [
  slot.phase === 'ghost'
    ? { label: 'Cancel the request', disabled: true, why: 'The client has left already', run: () => {} }
    : { label: 'Cancel the request …', danger: true, run: () => cancel(slot.exchange, slot.client ?? 'this client', 'Its answer ends where it is.') },
  stopping(slot.client) ?? undefined,
  null,
  look(slot.exchange),
]);

const HOLDS = [['60', '1 minute'], ['300', '5 minutes'], ['1800', '30 minutes']];

/** What can be done with a backend, as it stands. */
export function backendMenu(event, id, state, models) {
  const loaded = Object.keys(state.models_loaded ?? {});
  const away = state.drained || (state.held_until && state.held_until > feed.now());
  menu(event, `Backend ${id}`, [
    ...(away ? [giveBack(id)] : [drain(id), ...HOLDS.map(([seconds, words]) => hold(id, Number(seconds), words))]),
    null,
    ...models.filter((model) => !loaded.includes(model)).map((model) => warm(id, model)),
    ...loaded.map((model) => unload(id, model)),
  ]);
}

const giveBack = (id) => ({
  label: 'Return to work …',
  run: () => confirm({
    title: `Return ${id} to work?`, text: 'It gets new requests again, at once.', verb: 'Return it',
    run: () => act(`${backend(id)}/return`),
  }),
});

const drain = (id) => ({
  label: 'Drain …',
  run: () => confirm({
    title: `Drain ${id}?`,
    text: 'Running answers end, nothing new starts, until somebody returns it. Its models stay loaded.',
    verb: 'Drain it', run: () => act(`${backend(id)}/drain`),
  }),
});

const hold = (id, seconds, words) => ({
  label: `Hold back for ${words} …`,
  run: () => confirm({
    title: `Hold ${id} back for ${words}?`,
    text: `It gets no new work for ${span(seconds * 1000)}, and comes back by itself.`,
    verb: 'Hold it back', run: () => act(`${backend(id)}/hold`, { seconds }),
  }),
});

const warm = (id, model) => ({
  label: `Warm ${model} …`,
  run: () => confirm({
    title: `Warm ${model} on ${id}?`,
    text: 'The model is loaded now. Another one that has no room beside it is put out, with what its caches hold.',
    verb: 'Warm it', run: () => act(`${backend(id)}/warm`, { model }),
  }),
});

const unload = (id, model) => ({
  label: `Unload ${model} …`,
  danger: true,
  run: () => confirm({
    title: `Unload ${model} from ${id}?`,
    text: 'Its memory is free, and its caches are lost: conversations compute their prompts again.',
    verb: 'Unload it', danger: true, run: () => act(`${backend(id)}/unload`, { model }),
  }),
});
