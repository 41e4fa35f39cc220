import type { DueRow } from '../core/ports/store.ts';
import { brief } from './brief.ts';
import { digest } from './digest.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { notice } from './notice.ts';
import { remind } from './remind.ts';

/** Every kind of scheduled work. */
export const handlers = [
  remind,
  brief,
  digest,
  notice,
] as unknown as readonly DueRowHandler<DueRow>[];
