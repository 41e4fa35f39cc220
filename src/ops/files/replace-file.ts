import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

/** For a file that only its owner may read. */
export const PRIVATE_MODE = 0o600;
/** For a file without secrets. */
export const READABLE_MODE = 0o644;

/**
 * Replaces a file atomically. The new one always has this mode: a file or a link that was left beside it by an earlier
 * attempt is removed, not written to.
 */
export function replaceFile(path: string, text: string, mode: number): void {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  const file = openSync(next, 'wx', PRIVATE_MODE);
  try {
    // The mode of `open` is reduced by the account's umask.
    fchmodSync(file, mode);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}
