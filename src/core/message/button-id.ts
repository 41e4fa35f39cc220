import type { RawArgs } from './invocation.ts';
import type { Button } from './reply.ts';

/** The first part of every id. */
export const VERSION = 'v1';

/**
 * Encodes a button as one short string: `v1.followup_done.which=#42`. Messages keep these ids for years, so the format
 * of `v1` never changes. Discord allows 100 characters, so other characters than the delimiters stay as they are:
 * https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
 */
export function idOfButton({ command, args }: Pick<Button, 'command' | 'args'>): string {
  const pairs = Object.entries(args).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `${VERSION}.${encode(command)}.${pairs.join('&')}`;
}

/** Decodes an id. Never throws. @returns undefined for a string that is not such an id. */
export function readButtonId(id: string): { command: string; args: RawArgs } | undefined {
  const parts = id.split('.');
  if (parts.length !== 3 || parts[0] !== VERSION) return undefined;
  const command = decode(parts[1] ?? '');
  const pairs = parts[2] ? parts[2].split('&').map(decodePair) : [];
  if (!command || pairs.includes(undefined)) return undefined;
  return { command, args: Object.fromEntries(pairs.filter((pair) => pair !== undefined)) };
}

function decodePair(pair: string): [string, string] | undefined {
  const [name, value, ...more] = pair.split('=').map(decode);
  return name === undefined || value === undefined || more.length > 0 ? undefined : [name, value];
}

/** A space becomes `_`. Control characters, lone surrogates and delimiters become `%` and their code. */
function encode(text: string): string {
  return text
    .replace(/[\p{Cc}%._=&]/gu, (character) => percent(character))
    .replace(/\p{Surrogate}/gu, (half) => `%u${half.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll(' ', '_');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function decode(text: string): string | undefined {
  if (/%(?!u[0-9A-F]{4}|[0-9A-F]{2})/.test(text)) return undefined;
  return text
    .replaceAll('_', ' ')
    .replace(/%(?:u([0-9A-F]{4})|([0-9A-F]{2}))/g, (_, wide?: string, narrow?: string) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
    );
}
