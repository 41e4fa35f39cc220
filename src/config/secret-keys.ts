/** Bytes of a key: AES-256. */
const KEY_LENGTH = 32;

/**
 * Reads `SECRET_KEY`: 32 bytes in base64 (or base64url), or several with commas between them, the newest first.
 * @returns the keys in that order, or undefined if the text is anything else.
 */
export function readSecretKeys(text: string): Uint8Array[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const keys = parts.map((part) => Buffer.from(part, 'base64'));
  const good = parts.every((part, index) => isBase64(part) && keys[index]?.length === KEY_LENGTH);
  return good ? keys : undefined;
}

/** Buffer reads over what is not base64; a typing error must not become another key. */
function isBase64(part: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(part);
}
