import { useEffect, useState } from 'preact/hooks';

const PREFIX = 'convenor.';

/** Reads a value that this tab keeps over a reload. @returns undefined if there is none, or the browser keeps nothing */
export function loadFromSession<T>(name: string): T | undefined {
  try {
    const stored = sessionStorage.getItem(PREFIX + name);
    return stored === null ? undefined : (JSON.parse(stored) as T);
  } catch {
    return undefined;
  }
}

/** Keeps a value in this tab over a reload, if the browser allows it and has room. Undefined removes it. */
export function saveInSession(name: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without storage, only a reload loses the value.
  }
}

/** Forgets everything that this tab keeps. */
export function clearSession(): void {
  try {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
    for (const name of names) sessionStorage.removeItem(name);
  } catch {
    // There is no storage.
  }
}

/** A state that outlives a reload of the page, in this tab. */
export function useSessionState<T>(name: string, initial: T) {
  const [value, setValue] = useState<T>(() => loadFromSession<T>(name) ?? initial);
  useEffect(() => saveInSession(name, value), [name, value]);
  return [value, setValue] as const;
}
