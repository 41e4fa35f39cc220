import type { Store } from '../../ports/store.ts';
import type { Partnership } from './partnership.ts';

/** What operations on rows need besides the rows: each takes the part it uses. */
export interface WriteContext {
  store: Store;
  /** The partnership as it stood when the command began. */
  partnership: Partnership;
  /** One instant for everything that is written together (store time). */
  now: Date;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
  /** Says that names or roles have changed, so that directories are read again. */
  namesChanged(): Promise<void>;
}
