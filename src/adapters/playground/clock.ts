import { type Clock, systemClock } from '../../core/base/clock.ts';
import {
  defineCollection,
  insertOnce,
  type Row,
  type Stores,
  updateWithRetry,
} from '../../core/ports/store.ts';

/** How far the playground's clock is ahead of the real time, kept so that it survives a restart. */
interface ClockRow extends Row {
  aheadMs: number;
}

export const playgroundClocks = defineCollection<ClockRow>()({
  name: 'playgroundClocks',
  scope: 'partnership',
  fields: { aheadMs: 'integer' },
  indexes: {},
});

type Listener = (now: Date) => void;

/** A clock that can be moved forward. Only `reset` moves it back. */
export class PlaygroundClock implements Clock {
  readonly #rows;
  readonly #id: string;
  readonly #base: Clock;
  readonly #listeners = new Set<Listener>();
  #aheadMs: number;

  private constructor(stores: Stores, partnership: string, base: Clock, aheadMs: number) {
    this.#rows = stores.forPartnership(partnership).of(playgroundClocks);
    this.#id = rowId(partnership);
    this.#base = base;
    this.#aheadMs = aheadMs;
  }

  /** Opens a partnership's clock at the time where it was left. @param base gives the real time. */
  static async open(stores: Stores, partnership: string, base = systemClock) {
    const row = await stores
      .forPartnership(partnership)
      .of(playgroundClocks)
      .get(rowId(partnership));
    return new PlaygroundClock(stores, partnership, base, row?.aheadMs ?? 0);
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#aheadMs);
  }

  /** Moves forward to an instant; a past one changes nothing. The caller delivers what falls due on the way. */
  async moveTo(instant: Date): Promise<void> {
    const aheadMs = instant.getTime() - this.#base.now().getTime();
    if (aheadMs <= this.#aheadMs) return;
    await this.#setAhead(aheadMs);
  }

  /** Goes back to the real time. Only safe when no row is left that was written later. */
  async reset(): Promise<void> {
    await this.#setAhead(0);
  }

  /** Calls `listener` after each move. @returns unsubscribes. */
  onMove(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #setAhead(aheadMs: number): Promise<void> {
    const updated = await updateWithRetry(this.#rows, this.#id, (row) => ({ ...row, aheadMs }));
    if (!updated) await insertOnce(this.#rows, { id: this.#id, aheadMs });
    this.#aheadMs = aheadMs;
    const now = this.now();
    for (const listener of this.#listeners) listener(now);
  }
}

function rowId(partnership: string): string {
  return `clock-${partnership}`;
}
