/** Errors of a connection that was never made, so that no request can have arrived. */
const CONNECTION_ERROR_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether a call failed before it can have reached anybody, by the code of its error. */
export function isConnectionError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && CONNECTION_ERROR_CODES.includes(code);
}
