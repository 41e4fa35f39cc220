import type { ErrorObject } from 'ajv';

/** The first five errors of a schema check, in words: the place, the problem, and an unknown key. */
export function describeErrors(
  what: string,
  errors: readonly ErrorObject[] | null | undefined,
): string {
  const messages = (errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    const stray = params.additionalProperty ? ` (${params.additionalProperty})` : '';
    return `${what}${instancePath} ${message}${stray}`;
  });
  return messages.join(', ');
}
