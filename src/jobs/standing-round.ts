import { lossOf } from '../core/domain/members/identity-access.ts';
import { type Member, members } from '../core/domain/members/member.ts';
import { noteProfile } from '../core/domain/standing/note-profile.ts';
import {
  newStandingRound,
  nextRoundAt,
  type StandingRound,
  standingRounds,
} from '../core/domain/standing-rounds/standing-round.ts';
import type { Identity } from '../core/message/invocation.ts';
import { insertOnce, updateWithRetry } from '../core/ports/store.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { fetchProfile } from './recipient-standing.ts';
import type { RetentionStep } from './retention/step.ts';

/** How many members one job looks at, and how long the next job waits (ms): a few calls a second. */
const MEMBERS_PER_JOB = 5;
const PAUSE_MS = 2_000;
/** Less than half the lease of a job. */
const PROFILE_TIMEOUT_MS = 2_000;

/**
 * Asks the platforms, once a day and slowly, whether each member still has access. Somebody who left without a word
 * loses it at the latest then. While a platform does not answer, nobody loses anything.
 */
export const standingRoundHandler: DueRowHandler<StandingRound> = {
  name: 'standing',
  rows: standingRounds,
  repeatWhenUnknown: false,
  lowPriority: true,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.nextAt.toISOString(),
  async composeReply(row, context) {
    const { store } = context;
    const range = row.after === null ? {} : { range: { field: 'id', after: row.after } as const };
    const page = await store.of(members).find({ index: 'byId', ...range }, MEMBERS_PER_JOB);
    await lookAt(page.rows, context);
    const after = page.more ? (page.rows.at(-1)?.id ?? null) : null;
    await updateWithRetry(store.of(standingRounds), row.id, (current) =>
      current.claim === row.claim ? { ...current, after } : undefined,
    );
    return undefined;
  },
  advance(row, { partnership, now }) {
    const isOver = row.after === null;
    const nextAt = isOver ? nextRoundAt(partnership.id, now) : row.nextAt;
    const nextRunAt = isOver ? nextAt : new Date(now.getTime() + PAUSE_MS);
    return { ...row, nextAt, nextRunAt, claim: null };
  },
};

/** Looks at all identities that have access. */
async function lookAt(rows: readonly Member[], context: JobContext): Promise<void> {
  const { adapters } = context;
  const identities = rows.filter(({ active, mergedInto }) => active && !mergedInto).flatMap(inUse);
  const asked = identities.map(async (identity) => ({
    identity,
    profile: await fetchProfile(identity, adapters, PROFILE_TIMEOUT_MS),
  }));
  for (const { identity, profile } of await Promise.all(asked)) {
    // No wake: the next sweep finds the notices soon enough.
    await noteProfile(identity, profile, { ...context, wake: () => {} });
  }
}

const inUse = (member: Member): Identity[] =>
  member.identities.filter((identity) => !lossOf(member, identity));

/** Gives a partnership its row, in the first night in which it has none. */
export const standingRoundStep: RetentionStep = {
  name: 'standingRounds',
  async runBatch({ store, now }) {
    await insertOnce(store.of(standingRounds), newStandingRound(store.partnership, now));
    return { removed: 0 };
  },
};
