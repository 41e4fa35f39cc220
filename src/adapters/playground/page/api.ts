import type { AnswerView, CompletionView, MessageView, ReadFileView, StateView } from '../wire.ts';

const NO_ANSWER = 'Convenor does not answer. Is it still running?';

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`/playground/${path}`, init);
    body = await response.json();
  } catch (error) {
    // We gave up the request ourselves: the caller ignores that.
    if (init?.signal?.aborted) throw error;
    throw new Error(NO_ANSWER);
  }
  if (response.ok) return body as T;
  throw new Error((body as { error?: string }).error ?? NO_ANSWER);
}

function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

function get<T>(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  return ask<T>(`${path}?${new URLSearchParams(query)}`, signal ? { signal } : {});
}

/** Calls the JSON interface (docs/playground.md). Every failure is an Error whose message can be shown. */
export const api = {
  state: () => ask<StateView>('state'),
  messages: (as: string, place: string) => get<MessageView[]>('messages', { as, place }),
  partners: () => ask<string[]>('partners'),
  complete: (as: string, line: string, signal: AbortSignal) =>
    get<CompletionView[]>('complete', { as, line }, signal),
  say: (as: string, place: string, text: string) => post<AnswerView>('say', { as, place, text }),
  press: (as: string, button: string) => post<AnswerView>('press', { as, button }),
  submit: (as: string, form: string, values: Record<string, string>) =>
    post<AnswerView>('submit', { as, form, values }),
  /** The text of a file, as the platforms read attached files. */
  readFile: (file: Blob) => {
    const headers = { 'content-type': 'application/octet-stream' };
    return ask<ReadFileView>('read-file', { method: 'POST', headers, body: file });
  },
  advance: (advance: string) => post<{ now: string }>('clock', { advance }),
  reset: () => post<{ now: string }>('reset', {}),
};
