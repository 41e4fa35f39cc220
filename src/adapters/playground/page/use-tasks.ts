import { useState } from 'preact/hooks';
import type { AnswerView, FormView } from '../wire.ts';
import { api } from './api.ts';
import { keyOf } from './spot.ts';
import type { usePlayground } from './use-playground.ts';

/** What one can do on the page, and what is under way. */
export function useTasks({ spot, refresh }: ReturnType<typeof usePlayground>) {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [pending, setPending] = useState<{ key: string; text: string }>();
  const [form, setForm] = useState<FormView>();
  const [moving, setMoving] = useState(false);
  /** What the clock said after it was last moved. */
  const [moved, setMoved] = useState<string>();
  const [trouble, setTrouble] = useState('');
  const key = keyOf(spot);
  const draft = drafts[key] ?? '';
  const setDraft = (text: string) => {
    setDrafts((old) => ({ ...old, [key]: text }));
    // Typing on, one has read what was wrong.
    setTrouble('');
  };

  /** Does it and shows what has come of it. @returns undefined if it did not work; then the page says why. */
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

  async function answered(work: () => Promise<AnswerView>): Promise<boolean> {
    const answer = await attempt(work);
    if (answer?.reply.form) setForm(answer.reply.form);
    return answer !== undefined;
  }

  const send = async () => {
    if (pending || draft.trim() === '') return;
    setPending({ key, text: draft });
    setDraft('');
    const sent = await answered(() => api.say(spot.as, spot.place, draft));
    // What could not be sent stands in the composer again, unless something else was typed since.
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
    press: async (button: string) => void (await answered(() => api.press(spot.as, button))),
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
    startAfresh: async () => {
      await attempt(api.afresh);
      setDrafts({});
    },
    trouble,
  };
}
