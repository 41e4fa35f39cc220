import { useState } from 'preact/hooks';
import type { AnswerView, FormView } from '../wire.ts';
import { api } from './api.ts';
import { routeKey } from './route.ts';
import type { usePlayground } from './use-playground.ts';

/** What one can do on the page, and what is in progress. */
export function useActions({ route, refresh }: ReturnType<typeof usePlayground>) {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [pending, setPending] = useState<{ key: string; text: string }>();
  const [form, setForm] = useState<FormView>();
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
    if (answer?.reply.form) setForm(answer.reply.form);
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
    form,
    openForm: setForm,
    closeForm: () => setForm(undefined),
    formDone: () => {
      setForm(undefined);
      void attempt(async () => undefined);
    },
    moving,
    moved,
    advance,
    reset: async () => {
      await attempt(api.reset);
      setDrafts({});
    },
    trouble,
  };
}
