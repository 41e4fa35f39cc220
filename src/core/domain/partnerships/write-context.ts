import type { Store } from '../../ports/store.ts';
import type { Partnership } from './partnership.ts';

/** What operations on rows need. Each takes the part it uses. */
export interface WriteContext {
  store: Store;
  /** The partnership when the command began. */
  partnership: Partnership;
  /** One instant for everything that a command writes (store time). */
  now: Date;
  /** Tells the sweep that something can be due now. */
  wake(): void;
  /** Says that names or roles changed, so that directories are brought up to date. */
  namesChanged(): Promise<void>;
}
