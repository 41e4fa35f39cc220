import type { RawArgs } from './invocation.ts';
import type { Button } from './reply.ts';

/** What every id begins with. */
export const VERSION = 'v1';

/**
 * A button as one short string: `v1.followup_done.which=#42`. Old messages carry these ids for years, so the
 * form of `v1` never changes. Only what has a meaning here is encoded: ids of 100 characters are all there is room for.
 */
export function idOfButton({ command, args }: Pick<Button, 'command' | 'args'>): string {
  const pairs = Object.entries(args).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return `${VERSION}.${encoded(command)}.${pairs.join('&')}`;
}

/** Reads an id back. @returns undefined for what is not one: it never throws. */
export function readButtonId(id: string): { command: string; args: RawArgs } | undefined {
  const parts = id.split('.');
  if (parts.length !== 3 || parts[0] !== VERSION) return undefined;
  const command = decoded(parts[1] ?? '');
  const pairs = parts[2] ? parts[2].split('&').map(readPair) : [];
  if (!command || pairs.includes(undefined)) return undefined;
  return { command, args: Object.fromEntries(pairs.filter((pair) => pair !== undefined)) };
}

function readPair(pair: string): [string, string] | undefined {
  const [name, value, ...more] = pair.split('=').map(decoded);
  return name === undefined || value === undefined || more.length > 0 ? undefined : [name, value];
}

/** Spaces are `_`; control characters, halves of pairs and our own marks are `%` and their code. */
function encoded(text: string): string {
  return text
    .replace(/[\p{Cc}%._=&]/gu, (character) => percent(character))
    .replace(/\p{Surrogate}/gu, (half) => `%u${half.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll(' ', '_');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function decoded(text: string): string | undefined {
  if (/%(?!u[0-9A-F]{4}|[0-9A-F]{2})/.test(text)) return undefined;
  return text
    .replaceAll('_', ' ')
    .replace(/%(?:u([0-9A-F]{4})|([0-9A-F]{2}))/g, (_, wide?: string, narrow?: string) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
    );
}
