import { useEffect, useState } from 'preact/hooks';
import type { CompletionView } from '../wire.ts';
import { api } from './api.ts';

const PAUSE_MS = 80;
/** A longer line is a story by now, and needs no help. */
const LONGEST = 1000;

/** The completions for a line being typed; none for an empty one, and none while `off`. */
export function useCompletions(as: string, line: string, off: boolean): readonly CompletionView[] {
  const [found, setFound] = useState<readonly CompletionView[]>([]);
  const wanted = !off && line.trim() !== '' && line.length <= LONGEST && !line.includes('\n');

  useEffect(() => {
    if (!wanted) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.complete(as, line, stop.signal).then(
        (completions) => setFound(completions.filter((each) => each.line !== line)),
        () => {
          // Completion is a help, not a need: without it one types on.
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [as, line, wanted]);

  return wanted ? found : [];
}
