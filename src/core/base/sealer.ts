import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a secret is and whose: a sealed text opens only where both are the same. */
export interface SealedAs {
  /** Whose secret it is. */
  tenant: string;
  /** Which of their secrets. */
  field: string;
}

/** Seals secrets for the store, and opens them again. */
export interface Sealer {
  /** @returns printable text (base64url) that tells nothing but which key sealed it, and how long the secret is. */
  seal(text: string, as: SealedAs): string;
  /** @throws Unsealable when no key fits, or it was sealed as something else, or it was tampered with. */
  open(sealed: string, as: SealedAs): string;
}

/** A sealed text cannot be opened. The message says what to mend, and holds no secret. */
export class Unsealable extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Unsealable';
  }
}

/** Bytes of a key: AES-256. */
const KEY_LENGTH = 32;
/** 96 bits, as GCM wants: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf (8.2) */
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const VERSION = 's1';

/**
 * Seals with AES-256-GCM, whose it is and what as associated data, so that a text moved to another row or field does
 * not open: https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x20-V11-Cryptography.md (11.3.2, 11.3.3).
 * @param keys 32 bytes each. The first seals, all open: a new key is put in front, and what an older one has sealed
 *   is sealed anew when it is next written.
 */
export function sealer(keys: readonly Uint8Array[]): Sealer {
  const [first] = keys;
  if (!first || keys.some((key) => key.length !== KEY_LENGTH)) {
    throw new Error(`A key has ${KEY_LENGTH} bytes, and one at least is needed.`);
  }
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return {
    seal(text, as) {
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(associated(as));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return written(idOf(first), sealed);
    },
    open(sealed, as) {
      const [, id = '', body = ''] = sealed.split('.');
      const bytes = Buffer.from(body, 'base64url');
      // Only as it was written: whoever counts the uses of a sealed text must not meet it in another spelling.
      if (bytes.length < NONCE_LENGTH + TAG_LENGTH || written(id, bytes) !== sealed) {
        throw new Unsealable('This is not a sealed text, or a part of it is missing.');
      }
      const key = byId.get(id);
      if (!key) {
        throw new Unsealable(
          'A secret in the store was sealed with a key that SECRET_KEY does not hold any more: put that key back, after the new one and a comma.',
        );
      }
      return opened(bytes, key, as);
    },
  };
}

function opened(bytes: Buffer, key: Uint8Array, as: SealedAs): string {
  const nonce = bytes.subarray(0, NONCE_LENGTH);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH })
    .setAAD(associated(as))
    .setAuthTag(bytes.subarray(-TAG_LENGTH));
  try {
    const text = decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new Unsealable(
      'A secret in the store does not open: it was changed, or belongs to another row or field.',
    );
  }
}

function written(id: string, bytes: Buffer): string {
  return [VERSION, id, bytes.toString('base64url')].join('.');
}

/** Unambiguous, whatever the parts hold. */
function associated({ tenant, field }: SealedAs): Buffer {
  return Buffer.from(JSON.stringify([tenant, field]));
}

/** Names a key without telling it. */
function idOf(key: Uint8Array): string {
  return createHash('sha256').update('convenor key id').update(key).digest('base64url').slice(0, 8);
}
