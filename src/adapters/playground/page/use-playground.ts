import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { MessageView, StateView } from '../wire.ts';
import { api } from './api.ts';
import { keepSeen, readSeen, type Seen } from './seen.ts';
import { keyOf, putInAddress, type Spot, settled, spotInAddress } from './spot.ts';

const POLL_MS = 2000;

interface Loaded {
  key: string;
  /** What the place's activity was when they were read. */
  changed: number;
  messages: readonly MessageView[];
}

/** What the server says, read again every two seconds and after everything one does. */
export function usePlayground() {
  const [state, setState] = useState<StateView>();
  const [spot, setSpot] = useState<Spot>(spotInAddress);
  const [loaded, setLoaded] = useState<Loaded>();
  const [seen, setSeen] = useState<Seen>(readSeen);
  const [trouble, setTrouble] = useState('');
  // What a poll that was started earlier must not write over.
  const latest = useRef({ spot, loaded, turn: 0 });
  latest.current.spot = spot;
  latest.current.loaded = loaded;

  const refresh = useCallback(async () => {
    const turn = ++latest.current.turn;
    const next = await api.state();
    const here = settled(latest.current.spot, next);
    const key = keyOf(here);
    const activity = next.members.find(({ id }) => id === here.as)?.activity[here.place];
    const { heard = 0, changed = 0 } = activity ?? {};
    const known = latest.current.loaded;
    const stale = known?.key !== key || known.changed !== changed;
    const messages = stale ? await api.messages(here.as, here.place) : known.messages;
    if (turn !== latest.current.turn) return;
    setState(next);
    setSpot((old) => (keyOf(old) === key ? old : here));
    if (stale) setLoaded({ key, changed, messages });
    if (!document.hidden) {
      setSeen((old) => {
        if (old[key] === heard) return old;
        const updated = { ...readSeen(), ...old, [key]: heard };
        keepSeen(updated);
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
    (next: Spot) => {
      latest.current.spot = next;
      setSpot(next);
      putInAddress(next);
      void watch();
    },
    [watch],
  );

  useEffect(() => {
    const onAddress = () => goTo(spotInAddress());
    window.addEventListener('hashchange', onAddress);
    return () => window.removeEventListener('hashchange', onAddress);
  }, [goTo]);

  const messages = loaded?.key === keyOf(spot) ? loaded.messages : undefined;
  return { state, spot, messages, seen, trouble, goTo, refresh };
}
