import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a secret is, and whose. A sealed text opens only with the same context. */
export interface SealContext {
  /** Whose secret it is, such as a workspace's id. */
  tenant: string;
  /** Which of their secrets it is. */
  field: string;
}

/** Encrypts secrets for the store, and decrypts them. */
export interface Sealer {
  /** @returns printable text. It reveals which key sealed it and how long the secret is, and nothing else. */
  seal(text: string, as: SealContext): string;
  /** @throws UnsealError if no key fits, the context is another, or the text was changed. */
  open(sealed: string, as: SealContext): string;
  /** Whether the first key sealed a text. If not, it needs an older one to be opened. */
  isCurrent(sealed: string): boolean;
}

/** A sealed text cannot be opened. The message says what to correct, and contains no secret. */
export class UnsealError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UnsealError';
  }
}

/** AES-256. */
const KEY_BYTES = 32;
/** GCM is made for 96 bits: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf (8.2) */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 's1';

/**
 * Seals with AES-256-GCM. The context is the associated data, so a text that is moved to another row or field does not
 * open: https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x20-V11-Cryptography.md (11.3.2, 11.3.3).
 * @param keys 32 bytes each. The first one seals, and all open: to change the key, put the new one first. A secret is
 *   sealed with it when it is next written, or by `npm run reseal`.
 */
export function sealer(keys: readonly Uint8Array[]): Sealer {
  const [first] = keys;
  if (!first || keys.some((key) => key.length !== KEY_BYTES)) {
    throw new Error(`A key has ${KEY_BYTES} bytes, and one at least is needed.`);
  }
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  return {
    seal(text, as) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(associatedData(as));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return format(keyId(first), sealed);
    },
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${keyId(first)}.`),
    open(sealed, as) {
      const [, id = '', body = ''] = sealed.split('.');
      const bytes = Buffer.from(body, 'base64url');
      // Base64 has several spellings of the same bytes. Only one is accepted, so that a sealed text can be compared.
      if (bytes.length < NONCE_BYTES + TAG_BYTES || format(id, bytes) !== sealed) {
        throw new UnsealError('This is not a sealed text, or a part of it is missing.');
      }
      const key = byId.get(id);
      if (!key) {
        throw new UnsealError(
          'A secret in the store was sealed with a key that SECRET_KEY does not hold any more: put that key back, after the new one and a comma.',
        );
      }
      return decrypt(bytes, key, as);
    },
  };
}

function decrypt(bytes: Buffer, key: Uint8Array, as: SealContext): string {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(associatedData(as))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new UnsealError(
      'A secret in the store does not open: it was changed, or belongs to another row or field.',
    );
  }
}

function format(id: string, bytes: Buffer): string {
  return [VERSION, id, bytes.toString('base64url')].join('.');
}

/** JSON keeps the two parts apart, whatever they contain. */
function associatedData({ tenant, field }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([tenant, field]));
}

/** An id for a key, which does not reveal the key. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update('convenor key id').update(key).digest('base64url').slice(0, 8);
}
