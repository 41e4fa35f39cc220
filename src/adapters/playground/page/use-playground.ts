import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { MessageView, StateView } from '../wire.ts';
import { api } from './api.ts';
import { loadReadCounts, type ReadCounts, saveReadCounts } from './read-counts.ts';
import { type Route, readRoute, routeKey, validRoute, writeRoute } from './route.ts';

const POLL_MS = 2000;

interface Loaded {
  key: string;
  /** The place's revision when they were loaded. */
  revision: number;
  messages: readonly MessageView[];
}

/** Whether nothing differs that the page shows: its clock has no seconds. The page then draws nothing again. */
function isSameState(a: StateView, b: StateView): boolean {
  const shown = (state: StateView) =>
    JSON.stringify({ ...state, now: state.now.slice(0, 'yyyy-mm-ddThh:mm'.length) });
  return shown(a) === shown(b);
}

/** The server's state and the messages of the current route, loaded every two seconds and after every action. */
export function usePlayground() {
  const [state, setState] = useState<StateView>();
  const [route, setRoute] = useState<Route>(readRoute);
  const [loaded, setLoaded] = useState<Loaded>();
  const [readCounts, setReadCounts] = useState<ReadCounts>(loadReadCounts);
  const [trouble, setTrouble] = useState('');
  // The current values, for a poll that started earlier; it must not overwrite what a later one loads.
  const latest = useRef({ route, loaded, turn: 0 });
  latest.current.route = route;
  latest.current.loaded = loaded;

  const refresh = useCallback(async () => {
    const turn = ++latest.current.turn;
    const next = await api.state();
    const current = validRoute(latest.current.route, next);
    const key = routeKey(current);
    const activity = next.members.find(({ id }) => id === current.as)?.activity[current.place];
    const { received = 0, revision = 0 } = activity ?? {};
    const known = latest.current.loaded;
    const isStale = known?.key !== key || known.revision !== revision;
    const messages = isStale ? await api.messages(current.as, current.place) : known.messages;
    if (turn !== latest.current.turn) return;
    setState((old) => (old && isSameState(old, next) ? old : next));
    setRoute((old) => (routeKey(old) === key ? old : current));
    if (isStale) setLoaded({ key, revision, messages });
    if (!document.hidden) {
      setReadCounts((old) => {
        if (old[key] === received) return old;
        const updated = { ...loadReadCounts(), ...old, [key]: received };
        saveReadCounts(updated);
        return updated;
      });
    }
  }, []);

  const watch = useCallback(
    () =>
      refresh().then(
        () => setTrouble(''),
        (error: Error) => setTrouble(error.message),
      ),
    [refresh],
  );

  useEffect(() => {
    void watch();
    const timer = setInterval(() => !document.hidden && watch(), POLL_MS);
    const onShow = () => void (document.hidden || watch());
    document.addEventListener('visibilitychange', onShow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShow);
    };
  }, [watch]);

  const goTo = useCallback(
    (next: Route) => {
      latest.current.route = next;
      setRoute(next);
      writeRoute(next);
      void watch();
    },
    [watch],
  );

  useEffect(() => {
    const onAddress = () => goTo(readRoute());
    window.addEventListener('hashchange', onAddress);
    return () => window.removeEventListener('hashchange', onAddress);
  }, [goTo]);

  const messages = loaded?.key === routeKey(route) ? loaded.messages : undefined;
  return { state, route, messages, readCounts, trouble, goTo, refresh };
}
