import { type Clock, systemClock } from '../../core/base/clock.ts';
import {
  defineCollection,
  insertOnce,
  type Row,
  type Stores,
  updateWithRetry,
} from '../../core/ports/store.ts';

/** How far the playground's clock is ahead, so that it stays there over a restart. */
interface ClockRow extends Row {
  /** Milliseconds. */
  ahead: number;
}

export const playgroundClocks = defineCollection<ClockRow>()({
  name: 'playgroundClocks',
  scope: 'partnership',
  fields: { ahead: 'integer' },
  indexes: {},
});

type Listener = (now: Date) => void;

/** A clock that runs like any other, and can be moved on. It never goes back, but for `reset`. */
export class PlaygroundClock implements Clock {
  readonly #rows;
  readonly #id: string;
  readonly #base: Clock;
  readonly #listeners = new Set<Listener>();
  #ahead: number;

  private constructor(stores: Stores, partnership: string, base: Clock, ahead: number) {
    this.#rows = stores.forPartnership(partnership).of(playgroundClocks);
    this.#id = rowId(partnership);
    this.#base = base;
    this.#ahead = ahead;
  }

  /** The clock of a partnership, where it was left. */
  static async open(stores: Stores, partnership: string, base = systemClock) {
    const row = await stores
      .forPartnership(partnership)
      .of(playgroundClocks)
      .get(rowId(partnership));
    return new PlaygroundClock(stores, partnership, base, row?.ahead ?? 0);
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#ahead);
  }

  /** Moves on to an instant; one that has passed changes nothing. Delivering what falls due is the caller's. */
  async moveTo(instant: Date): Promise<void> {
    const ahead = instant.getTime() - this.#base.now().getTime();
    if (ahead <= this.#ahead) return;
    await this.#keep(ahead);
  }

  /** Back to the real time: only for starting afresh, when nothing is left that knows a later one. */
  async reset(): Promise<void> {
    await this.#keep(0);
  }

  /** Calls `listener` after each move. @returns a function that ends it. */
  onMove(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #keep(ahead: number): Promise<void> {
    const kept = await updateWithRetry(this.#rows, this.#id, (row) => ({ ...row, ahead }));
    if (!kept) await insertOnce(this.#rows, { id: this.#id, ahead });
    this.#ahead = ahead;
    const now = this.now();
    for (const listener of this.#listeners) listener(now);
  }
}

function rowId(partnership: string): string {
  return `clock-${partnership}`;
}
