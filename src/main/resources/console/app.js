// The frame around all screens: who may look, where one is, whether the gateway answers, light or dark.

import { html, render, useEffect, useErrorBoundary, useRef, useState } from './lib/preact.js';
import { feed, kept, remember, useFeed } from './hooks.js';
import { session, signIn, signOut } from './api.js';
import { Menu, Question, Told, Waiting, Failed, menu, tell } from './parts/ui.js';
import { Help, openHelp } from './parts/help.js';
import { Status } from './parts/status.js';

export const SCREENS = [
  ['now', 'Now'], ['timeline', 'Timeline'], ['agents', 'Agents'], ['models', 'Models'],
  ['usage', 'Usage'], ['playground', 'Playground'], ['whatif', 'What if'],
];

const here = () => {
  const [screen, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const known = SCREENS.some(([id]) => id === screen);
  return { screen: known ? screen : 'now', query: new URLSearchParams(query), key: location.hash };
};

function useHere() {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const changed = () => setPlace(here());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return place;
}

// ---- Light and dark: as the system, unless somebody chose.
const dark = matchMedia('(prefers-color-scheme: dark)');

function themed(choice) {
  const theme = choice === 'light' || choice === 'dark' ? choice : dark.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  document.documentElement.dispatchEvent(new CustomEvent('themed'));
  return theme;
}
themed(kept('theme', 'system'));
dark.addEventListener('change', () => themed(kept('theme', 'system')));

function Theme() {
  const [, redraw] = useState(0);
  const now = document.documentElement.dataset.theme;
  const other = now === 'dark' ? 'light' : 'dark';
  const turn = () => {
    remember('theme', other);
    themed(other);
    redraw((n) => n + 1);
  };
  return html`<button class="icon theme" aria-label=${`Use the ${other} theme`} title=${`Use the ${other} theme`} onClick=${turn}>
    <span aria-hidden="true">${now === 'dark' ? '☀' : '☾'}</span></button>`;
}

function Nav({ screen }) {
  const strip = useRef(null);
  useEffect(() => {
    const link = strip.current.querySelector('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [screen]);
  return html`<nav class="nav" aria-label="Screens" ref=${strip}>
    ${SCREENS.map(([id, name]) => html`<a key=${id} href=${`#/${id}`} aria-current=${id === screen ? 'page' : undefined}>${name}</a>`)}
  </nav>`;
}

/** A screen's code comes when it is first looked at. */
function Screen({ screen, query, who }) {
  const [loaded, setLoaded] = useState(null);
  useEffect(() => {
    let current = true;
    import(`./screens/${screen}.js`).then(
      (module) => current && setLoaded({ screen, View: module.default }),
      (error) => current && setLoaded({ screen, error }));
    return () => { current = false; };
  }, [screen]);
  if (loaded?.screen !== screen) return html`<${Waiting} what="Loading" />`;
  if (loaded.error) {
    return html`<${Failed} what="This screen could not be loaded." error=${loaded.error} again=${() => location.reload()} />`;
  }
  return html`<${Guarded} key=${screen}><${loaded.View} query=${query} who=${who} /><//>`;
}

/** A mistake of one screen leaves the others as they are. */
function Guarded({ children }) {
  const [error, reset] = useErrorBoundary((cause) => console.error(cause));
  return error
    ? html`<${Failed} what="This screen has met a mistake of ours:" error=${error} again=${reset}>The other screens still work.<//>`
    : children;
}

function SignIn({ why, done }) {
  const [state, setState] = useState({ busy: false, error: null });
  const submit = async (event) => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get('key').trim();
    setState({ busy: true, error: null });
    try {
      await signIn(key);
      setState({ busy: false, error: null });
      done();
    } catch (error) {
      setState({ busy: false, error: error.message });
    }
  };
  return html`<main class="sign-in" id="main">
    <form class="panel" onSubmit=${submit}>
      <h1>ccproxy</h1>
      <p>This gateway has keys. One with <code>operator: true</code> opens its console.</p>
      <label class="field wide"><span>Key</span>
        <input name="key" type="password" autocomplete="current-password" required autofocus /></label>
      ${(state.error ?? why) && html`<p class="note bad" role="alert">${state.error ?? why}</p>`}
      <button class="primary" disabled=${state.busy}>Open the console</button>
      <p class="muted">The key is exchanged for a cookie of twelve hours that scripts cannot read. It is stored nowhere.</p>
    </form>
  </main>`;
}

function Who({ who, leave }) {
  if (!who?.keys) return null;
  const items = [{ label: 'Sign out', run: leave }];
  return html`<button class="plain" aria-haspopup="menu" onClick=${(event) => menu(event, 'Your key', items)}>${who.name ?? 'key'} ▾</button>`;
}

function shortcuts(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog, [popover], ccproxy-models')) return;
  const screen = SCREENS[Number(event.key) - 1];
  if (screen) location.hash = `#/${screen[0]}`;
  else if (event.key === '?') openHelp();
}

function App() {
  const place = useHere();
  const [who, setWho] = useState(null);
  const [failed, setFailed] = useState(null);
  const refused = useFeed((it) => it.state === 'refused');
  const ask = () => session().then(
    (found) => {
      setFailed(null);
      setWho(found);
      if (!found.keys || found.operator) feed.start();
    },
    (error) => setFailed(error));
  useEffect(() => {
    ask();
    document.addEventListener('keydown', shortcuts);
  }, []);
  useEffect(() => {
    // The gateway may be restarting just now.
    if (!failed) return undefined;
    const timer = setTimeout(ask, 2000);
    return () => clearTimeout(timer);
  }, [failed]);
  useEffect(() => {
    document.title = `${SCREENS.find(([id]) => id === place.screen)[1]} · ccproxy`;
  }, [place.screen]);
  const leave = () => signOut().then(() => location.reload(), (error) => tell(error.message, 'bad'));

  if (!who) {
    return failed
      ? html`<main id="main" class="sign-in"><${Failed} what="The console has no answer from its gateway." error=${failed} again=${ask}>
          It asks again by itself.<//></main>`
      : html`<main id="main"><${Waiting} what="Asking the gateway" /></main>`;
  }
  if (who.keys && (!who.operator || refused)) {
    return html`<${SignIn} why=${refused ? feed.why : who.name && `The key "${who.name}" has no operator: true.`}
      done=${() => (refused ? location.reload() : ask())} />`;
  }
  return html`
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.getElementById('main').focus(); }}>To the content</a>
    <header class="top">
      <a class="brand" href="#/now" aria-label="ccproxy, to Now">ccproxy</a>
      <${Nav} screen=${place.screen} />
      <div class="corner">
        <${Status} />
        <${Who} who=${who} leave=${leave} />
        <button class="icon wide-only" aria-label="Keys of the keyboard" title="Keys of the keyboard (?)" onClick=${openHelp}><span aria-hidden="true">?</span></button>
        <${Theme} />
      </div>
    </header>
    <main id="main" tabindex="-1" class=${`screen on-${place.screen}`}>
      <h1 class="sr-only">${SCREENS.find(([id]) => id === place.screen)[1]}</h1>
      <${Screen} screen=${place.screen} query=${place.query} who=${who} />
    </main>
    <${Menu} /><${Question} /><${Help} /><${Told} />`;
}

render(html`<${App} />`, document.getElementById('app'));

