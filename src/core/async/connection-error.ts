/** Codes of errors of Node and undici that occur before a connection is made: https://nodejs.org/api/errors.html#common-system-errors */
const CONNECTION_ERROR_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether a call failed before its request can have reached anybody, so that it is safe to repeat. */
export function isConnectionError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && CONNECTION_ERROR_CODES.includes(code);
}
