import type { Day } from '../core/dates/day.ts';
import { deliveries } from '../core/domain/deliveries/delivery.ts';
import { followups } from '../core/domain/followups/followup.ts';
import { type BriefRhythm, members } from '../core/domain/members/member.ts';
import { partners } from '../core/domain/partners/partner.ts';
import { namesChanged } from '../core/domain/partnerships/names-version.ts';
import type { PolicyResult } from '../core/features/briefs/apply-policy.ts';
import { nextNudge } from '../core/features/briefs/present.ts';
import { updateWithRetry } from '../core/ports/store.ts';
import type { JobContext } from './due-row-handler.ts';

/** What else a brief says, for the ledger, so that it can be noted once it has been sent. */
export function notedItems({ told, meanwhile, rarer }: PolicyResult): string[] {
  return [
    ...told.map((row) => `told:${row.id}:${row.byDay}:${row.raiseOn}`),
    ...meanwhile.map((row) => `notice:${row.id}`),
    ...(rarer ? [`rarer:${rarer}`] : []),
  ];
}

/** Notes what a brief has told, each in a step that may be repeated. */
export async function noteBriefed(
  member: string,
  items: readonly string[],
  today: Day,
  scene: JobContext,
): Promise<void> {
  for (const item of items) {
    const [sort, id = '', first = '', second = ''] = item.split(':');
    if (sort === 'quiet') await nudgeAgain(id, first, today, scene);
    else if (sort === 'told') await noteTold(id, first, second, scene);
    else if (sort === 'notice') await withdraw(id, scene);
    else if (sort === 'rarer') await stepBack(member, id as BriefRhythm, scene);
  }
}

async function nudgeAgain(
  partner: string,
  nudgedFor: Day,
  today: Day,
  { store }: JobContext,
): Promise<void> {
  const again = nextNudge(today);
  await updateWithRetry(store.of(partners), partner, (row) =>
    row.nudgeOn === nudgedFor ? { ...row, nudgeOn: again } : undefined,
  );
}

/** The owner has been told that a coordinator will hear: unless it is due another day since. */
async function noteTold(
  id: string,
  byDay: Day,
  raiseOn: Day,
  { store }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.byDay === byDay && row.raiseOn === null ? { ...row, raiseOn } : undefined,
  );
}

/** A notice that was held back has been told in the brief. */
async function withdraw(id: string, { store }: JobContext): Promise<void> {
  await updateWithRetry(store.of(deliveries), id, (row) =>
    row.state === 'prepared'
      ? {
          ...row,
          state: 'withdrawn' as const,
          reason: 'Told in the brief.',
          nextRunAt: null,
          claim: null,
        }
      : undefined,
  );
}

/** Briefs were met with nothing: they become rarer. Said in the brief, once. */
async function stepBack(
  id: string,
  rhythm: BriefRhythm,
  { store, now }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(members), id, (row) =>
    row.rhythm === rhythm ? undefined : { ...row, rhythm, steppedBackAt: now },
  );
  await namesChanged(store);
}
