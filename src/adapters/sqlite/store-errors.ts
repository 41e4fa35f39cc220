import { StoreError, type StoreTrouble } from '../../core/ports/store.ts';
import { primaryCode } from './write-op.ts';

/** What SQLite's result codes mean for the person who runs Convenor: https://sqlite.org/rescode.html */
const MEANINGS: Record<number, { trouble: StoreTrouble; sentence: (folder: string) => string }> = {
  5: {
    trouble: 'unreachable',
    sentence: (folder) =>
      `Another program keeps the database in ${folder} locked. Let it finish, or stop it; only Convenor and its backups should open that file.`,
  },
  8: {
    trouble: 'read-only',
    sentence: (folder) =>
      `The database in ${folder} cannot be written to. Give the folder and its files to the account that Convenor runs as, and see that the disk is not mounted read-only.`,
  },
  10: {
    trouble: 'unreachable',
    sentence: (folder) =>
      `The disk that holds ${folder} does not do what it is asked. See what the system's log says of it (dmesg), and have a backup at hand.`,
  },
  11: damaged(),
  13: {
    trouble: 'full',
    sentence: (folder) =>
      `The disk that holds ${folder} is full. Make room. If Convenor is running, it goes on by itself as soon as there is some.`,
  },
  14: {
    trouble: 'unreachable',
    sentence: (folder) =>
      `The database in ${folder} cannot be opened. See that the folder is there, and belongs to the account that Convenor runs as.`,
  },
  26: damaged(),
};

function damaged() {
  return {
    trouble: 'damaged' as const,
    sentence: (folder: string) =>
      `The database in ${folder} is damaged. Stop Convenor, move the folder away, and restore the last backup: npm run restore.`,
  };
}

/** The error when the thread that writes has ended: by a fault of the program, or for lack of memory. */
export function writerEnded(): StoreError {
  return new StoreError(
    'unreachable',
    'Nothing can be written any more, because the part of Convenor that writes has ended. Start Convenor again, and report what its log says.',
  );
}

/** The error for a database whose file is gone. */
export function databaseGone(folder: string): StoreError {
  return new StoreError(
    'unreachable',
    `The database in ${folder} is no longer there, so nothing is kept that is noted now. Stop Convenor, put the folder back or restore the last backup, and start it again.`,
  );
}

/**
 * What a failure means; undefined if neither the disk nor the file causes it, as with a mistake in a statement.
 * @param code SQLite's result code.
 */
export function troubleOf(code: number | undefined, folder: string): StoreError | undefined {
  const meaning = MEANINGS[primaryCode(code) ?? 0];
  return meaning && new StoreError(meaning.trouble, meaning.sentence(folder));
}
