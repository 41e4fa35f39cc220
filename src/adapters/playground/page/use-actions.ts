import { useState } from 'preact/hooks';
import type { AnswerView, FormView } from '../wire.ts';
import { api } from './api.ts';
import { routeKey } from './route.ts';
import { clearSession, useSessionState } from './session-storage.ts';
import type { usePlayground } from './use-playground.ts';

/** An open form, and the member who opened it. */
interface OpenedForm {
  as: string;
  form: FormView;
}

/** What one can do on the page, and what is in progress. */
export function useActions({ route, refresh }: ReturnType<typeof usePlayground>) {
  const [drafts, setDrafts] = useSessionState<Readonly<Record<string, string>>>('drafts', {});
  const [pending, setPending] = useState<{ key: string; text: string }>();
  const [opened, setOpened] = useSessionState<OpenedForm | null>('form', null);
  const [moving, setMoving] = useState(false);
  /** The time of the clock after it was last moved. */
  const [moved, setMoved] = useState<string>();
  const [trouble, setTrouble] = useState('');
  const key = routeKey(route);
  const draft = drafts[key] ?? '';
  const setDraft = (text: string) => {
    setDrafts((old) => ({ ...old, [key]: text }));
    // Further typing clears the error.
    setTrouble('');
  };

  const openForm = (form: FormView) => setOpened({ as: route.as, form });

  /** Does the work and loads the result. @returns undefined if it failed; the page then shows why. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      await refresh();
      setTrouble('');
      return result;
    } catch (error) {
      setTrouble((error as Error).message);
      return undefined;
    }
  }

  async function showAnswer(work: () => Promise<AnswerView>): Promise<boolean> {
    const answer = await attempt(work);
    if (answer?.reply.form) openForm(answer.reply.form);
    return answer !== undefined;
  }

  const send = async () => {
    if (pending || draft.trim() === '') return;
    setPending({ key, text: draft });
    setDraft('');
    const sent = await showAnswer(() => api.say(route.as, route.place, draft));
    // A line that could not be sent goes back into the composer, unless something else was typed since.
    if (!sent) setDrafts((old) => ({ ...old, [key]: old[key] || draft }));
    setPending(undefined);
  };
  const advance = async (by: string) => {
    setMoving(true);
    const moved = await attempt(() => api.advance(by));
    setMoved(moved?.now);
    setMoving(false);
  };
  return {
    draft,
    setDraft,
    send,
    pending: pending?.key === key ? pending.text : undefined,
    busy: pending !== undefined,
    press: async (button: string) => void (await showAnswer(() => api.press(route.as, button))),
    form: opened?.as === route.as ? opened.form : undefined,
    openForm,
    closeForm: () => setOpened(null),
    formDone: () => {
      setOpened(null);
      void attempt(async () => undefined);
    },
    moving,
    moved,
    advance,
    reset: async () => {
      await attempt(api.reset);
      clearSession();
      setDrafts({});
    },
    trouble,
  };
}
