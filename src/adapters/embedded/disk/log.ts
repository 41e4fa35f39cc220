import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { CommandError } from '../errors.ts';
import { Batch, Deferred } from './batch.ts';
import { encodeFrame } from './frame.ts';
import { readLog } from './read-log.ts';
import { appendBytes, type LogFile, nextPath, syncFolder, writeLog } from './write-log.ts';

/** What the log asks of the data it keeps. */
export interface LogOwner {
  /** Takes an entry of the log that is there; its bytes are only lent. */
  restore(entry: Buffer): void;
  /** The entries of a log that would hold what is there now and nothing else. */
  snapshot(): Iterable<Buffer>;
  /** Hears in a sentence of an unfinished write that was cut off. */
  onNotice(sentence: string): void;
}

/** Below this many bytes of garbage the log does not compact itself. */
const SPARE_BYTES = 32 * 1024 * 1024;

/** The append-only log. What {@link Log.commit} resolved for survives `kill -9` and power cuts. */
export class Log {
  readonly #path: string;
  readonly #owner: LogOwner;
  #file: LogFile;
  #batch = new Batch();
  /** The batch that is on its way to disk. */
  #flying: Batch | undefined;
  #compaction: Deferred | undefined;
  #running: Promise<void> | undefined;
  #broken: CommandError | undefined;
  #limit: number;

  private constructor(path: string, owner: LogOwner, file: LogFile) {
    this.#path = path;
    this.#owner = owner;
    this.#file = file;
    this.#limit = file.size * 2 + SPARE_BYTES;
  }

  /**
   * Opens the log at `path`, or begins one, and hands its entries to the owner.
   * @throws Error with a remedy when the file is damaged before its last frame
   */
  static async open(path: string, owner: LogOwner): Promise<Log> {
    await rm(nextPath(path), { force: true });
    if (!existsSync(path)) {
      const file = await writeLog(path, []);
      await syncFolder(path);
      return new Log(path, owner, file);
    }
    const { salt, end, size } = readLog(path, (entry) => owner.restore(entry));
    const handle = await open(path, 'r+');
    if (end < size) {
      await handle.truncate(end);
      await handle.datasync();
      owner.onNotice(`Cut ${size - end} bytes of an unfinished write from the end of ${path}.`);
    }
    return new Log(path, owner, { handle, salt, size: end });
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#file.size;
  }

  /**
   * Puts an entry in line; `undo` is called, last first, if it cannot be kept.
   * @throws CommandError 1 when the disk has failed for good; check before changing anything
   */
  append(entry: Buffer, undo: () => void): void {
    this.check();
    this.#batch.entries.push(entry);
    this.#batch.undos.push(undo);
    this.#start();
  }

  /** @throws CommandError 1 when nothing can be written until the store is started again */
  check(): void {
    if (this.#broken) throw this.#broken;
  }

  /**
   * Resolves when all that was appended until now is on disk.
   * @throws CommandError 14031 or 1 when the write failed; the entries have then been undone
   */
  async commit(): Promise<void> {
    await (this.#batch.entries.length > 0 ? this.#batch : this.#flying)?.done.promise;
  }

  /** Rewrites the log without what was replaced or removed. Writers wait meanwhile. */
  compact(): Promise<void> {
    this.#compaction ??= new Deferred();
    this.#start();
    return this.#compaction.promise;
  }

  /** Waits for what is in line, then closes the file. */
  async close(): Promise<void> {
    while (this.#running) await this.#running;
    this.#broken ??= new CommandError(1, 'The store has been stopped.');
    await this.#file.handle.close();
  }

  #start(): void {
    // After the sockets of this turn: what they bring shares one fdatasync.
    this.#running ??= new Promise((resolve) => setImmediate(resolve)).then(() => this.#run());
  }

  async #run(): Promise<void> {
    while (this.#batch.entries.length > 0 || this.#compaction) {
      const batch = this.#batch;
      this.#batch = new Batch();
      const asked = this.#compaction;
      this.#compaction = undefined;
      // Memory now is what this batch leaves on disk: the moment for a snapshot.
      const due = asked !== undefined || this.#file.size > this.#limit;
      const entries = due ? this.#owner.snapshot() : undefined;
      this.#flying = batch;
      const failure = batch.entries.length > 0 ? await this.#write(batch) : undefined;
      this.#flying = undefined;
      if (failure) asked?.reject(failure);
      else if (entries) await this.#rewrite(entries, asked);
    }
    this.#running = undefined;
  }

  /** Returns what went wrong, after taking everything back that is not on disk. */
  async #write(batch: Batch): Promise<CommandError | undefined> {
    const before = this.#file.size;
    try {
      this.check();
      await appendBytes(this.#file, encodeFrame(this.#file.salt, batch.entries));
      await this.#file.handle.datasync();
      batch.done.resolve();
      return undefined;
    } catch (error) {
      this.#file.size = before;
      const failure = toCommandError(error);
      // What came in meanwhile was decided upon these changes, so it falls with them.
      const later = this.#batch;
      this.#batch = new Batch();
      for (const undo of [...batch.undos, ...later.undos].reverse()) undo();
      await this.#cutBack();
      batch.done.reject(failure);
      later.done.reject(failure);
      return failure;
    }
  }

  /** Takes a half-written frame off the file. If not even that works, nothing more is written. */
  async #cutBack(): Promise<void> {
    try {
      await this.#file.handle.truncate(this.#file.size);
      await this.#file.handle.datasync();
    } catch (error) {
      this.#break(error);
    }
  }

  async #rewrite(entries: Iterable<Buffer>, asked: Deferred | undefined): Promise<void> {
    try {
      this.check();
      const file = await writeLog(this.#path, entries);
      const old = this.#file.handle;
      this.#file = file;
      await syncFolder(this.#path).catch((error: unknown) => this.#break(error));
      await old.close();
      this.check();
      asked?.resolve();
    } catch (error) {
      asked?.reject(toCommandError(error));
    }
    this.#limit = this.#file.size * 2 + SPARE_BYTES;
  }

  #break(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#broken = new CommandError(
      1,
      `The disk under ${this.#path} has failed (${why}). Nothing more is written: mend it, then start the store again.`,
    );
  }
}

function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new CommandError(
    full ? 14031 : 1,
    `The write could not be kept, and nothing has changed: ${message}${full ? '. Make room on the disk.' : ''}`,
  );
}
