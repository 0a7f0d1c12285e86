// What the screens share: the feed, the second hand, questions to the gateway, and things that browsers remember.

import { Component, h, useCallback, useEffect, useLayoutEffect, useRef, useState } from './lib/preact.js';
import { Feed } from './feed.js';
import { read } from './api.js';

export const feed = new Feed();

/** A part of the feed; the caller is drawn again only when that part is another object. */
export function useFeed(select) {
  const [, redraw] = useState(0);
  const seen = useRef();
  seen.current = { select, value: select(feed) };
  useEffect(() => {
    const look = () => {
      const { select: latest, value } = seen.current;
      if (!Object.is(latest(feed), value)) redraw((n) => n + 1);
    };
    // What came between drawing and listening would be missed, and a quiet gateway has nothing more to say.
    look();
    return feed.listen(look);
  }, []);
  return seen.current.value;
}

export const useDocument = () => useFeed((it) => it.document);

/** A value, some frames late: two large parts that are drawn for one update then do not share a frame. */
export function useLater(value) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (Object.is(shown, value)) return undefined;
    const frame = requestAnimationFrame(() => setShown(() => value));
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return shown;
}

/** Draws again only when a property is another one. */
export function memo(view) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const now = this.props;
      for (const key in next) if (next[key] !== now[key]) return true;
      for (const key in now) if (!(key in next)) return true;
      return false;
    }

    render(props) {
      return h(view, props);
    }
  };
}

// One timer for all that changes by passing time; what it changes are texts and sizes, never the tree.
const hands = new Set();

function tick() {
  if (!document.hidden) {
    const now = feed.now();
    requestAnimationFrame(() => hands.forEach((hand) => hand(now)));
  }
  setTimeout(tick, 1000 - (Date.now() % 1000));
}
tick();

/** Calls with the gateway's time each second, until the function that it gives is called. */
export function eachSecond(hand) {
  hands.add(hand);
  return () => hands.delete(hand);
}

/** Calls with the element and the gateway's time: now, whenever the caller is drawn, and each second. */
export function useTick(show) {
  const element = useRef(null);
  const latest = useRef(show);
  latest.current = show;
  useLayoutEffect(() => {
    if (element.current) show(element.current, feed.now());
  });
  useEffect(() => eachSecond((now) => element.current && latest.current(element.current, now)), []);
  return element;
}

/** A text that depends on the time. */
export function Ticking({ text, class: name }) {
  const element = useTick((node, now) => {
    const next = text(now);
    if (node.firstChild) {
      if (node.firstChild.data !== next) node.firstChild.data = next;
    } else {
      node.textContent = next;
    }
  });
  return h('span', { ref: element, class: name });
}

/** What a path answers: {data, error, loading, again}. The last answer stays while the next is on its way. */
export function useAnswer(path, query, { every = 0 } = {}) {
  const key = path && JSON.stringify([path, query]);
  const [state, setState] = useState({ data: null, error: null, loading: true, of: null });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    if (!path) {
      setState({ data: null, error: null, loading: false, of: null });
      return undefined;
    }
    const leave = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    read(path, query, { signal: leave.signal }).then(
      (data) => setState({ data, error: null, loading: false, of: key }),
      (error) => leave.signal.aborted || setState((before) => ({
        data: before.of === key ? before.data : null, error, loading: false, of: before.of,
      })));
    return () => leave.abort();
  }, [key, turn]);
  useEffect(() => {
    if (!every) return undefined;
    const timer = setInterval(() => document.hidden || again(), every);
    return () => clearInterval(timer);
  }, [every]);
  // Whoever comes back after the gateway was away wants its answers, not its silence.
  const live = useFeed((it) => it.state === 'live');
  const wasLive = useRef(live);
  useEffect(() => {
    if (live && !wasLive.current) again();
    wasLive.current = live;
  }, [live]);
  return { ...state, again };
}

/** A state that this browser remembers. */
export function useKept(name, initial) {
  const [value, setValue] = useState(() => kept(name, initial));
  const keep = useCallback((next) => setValue((before) => {
    const after = typeof next === 'function' ? next(before) : next;
    remember(name, after);
    return after;
  }), [name]);
  return [value, keep];
}

export function kept(name, initial) {
  try {
    const text = localStorage.getItem(`ccproxy.${name}`);
    return text === null ? initial : JSON.parse(text);
  } catch {
    return initial;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`ccproxy.${name}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing shows the same, only not the next time.
  }
}

/** The size of an element, whenever it changes. */
export function useSize(element) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
