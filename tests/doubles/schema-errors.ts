import type { ErrorObject } from 'ajv';

/** The first faults that a schema found, in words: where, what, and which key if one is too many. */
export function describeErrors(
  what: string,
  errors: readonly ErrorObject[] | null | undefined,
): string {
  const told = (errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    const stray = params.additionalProperty ? ` (${params.additionalProperty})` : '';
    return `${what}${instancePath} ${message}${stray}`;
  });
  return told.join(', ');
}
