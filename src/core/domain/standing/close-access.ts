import { collect } from '../../async/collect.ts';
import { counted } from '../../base/text.ts';
import type { Identity } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { type Store, type Stores, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { enqueueCoordinatorNotices } from '../deliveries/enqueue-notice.ts';
import { followups } from '../followups/followup.ts';
import { linkedWorkspacesOf } from '../joining/linked-workspaces.ts';
import { accessOf, type LossReason, lossOf, withAccess } from '../members/identity-access.ts';
import { keeperLeftNews } from '../members/keeper-left.ts';
import { isActiveCoordinator, type Member, members, otherCoordinators } from '../members/member.ts';
import { partners } from '../partners/partner.ts';
import { type Partnership, partnerships } from '../partnerships/partnership.ts';
import { writeTogether } from '../unit-of-work/unit-of-work.ts';

export interface CloseAccessDeps {
  stores: Stores;
  partnership: Partnership;
  now: Date;
  /** Starts a sweep now, since the coordinators are told. */
  wake(): void;
}

/**
 * Records that an identity has lost its access, until a coordinator lets it in again. Somebody whose last identity it was
 * gets no more messages. The coordinators are told once. A role never puts out the last coordinator. It can be repeated.
 */
export async function closeAccess(
  identity: Identity,
  reason: LossReason,
  { id }: Pick<Member, 'id'>,
  deps: CloseAccessDeps,
): Promise<void> {
  const { stores, partnership, now, wake } = deps;
  await writeTogether(stores, partnership.id, async ({ store, namesChanged, recordHistory }) => {
    // Read first: if another coordinator is put out at the same moment, all of this runs again.
    await store.of(partnerships).get(partnership.id);
    const all = await collect(store.of(members).all({ index: 'byName' }));
    const others = otherCoordinators(all, id).filter(({ mergedInto }) => !mergedInto);
    const closed = await updateWithRetry(store.of(members), id, (row) =>
      row.active && !lossOf(row, identity) && !isLastCoordinator(row, reason, others)
        ? withoutAccess(row, identity, reason, deps)
        : undefined,
    );
    const lost = closed && accessOf(closed, identity)?.lost;
    // Somebody else may have recorded it a moment ago, and told the coordinators.
    if (!lost || lost.at !== now.toISOString()) return;
    await namesChanged();
    await recordHistory({ actor: null, at: now, key: `access ${id} ${lost.at}` });
    const reply = await accessClosedNotice(closed, identity, reason, { stores, store, all });
    const notice = {
      subject: id,
      occurrence: `access:${lost.at}`,
      reply,
      at: now,
    };
    await enqueueCoordinatorNotices(others, notice, { store, wake: () => {} });
  });
  wake();
}

/** Whether a role would put out the last coordinator. */
const isLastCoordinator = (row: Member, reason: LossReason, others: readonly Member[]) =>
  reason === 'role' && isActiveCoordinator(row) && others.length === 0;

function withoutAccess(
  row: Member,
  identity: Identity,
  reason: LossReason,
  { partnership, now }: CloseAccessDeps,
): Member {
  const closed = withAccess(row, identity, { lost: { reason, at: now.toISOString() } });
  const active = closed.identities.some((own) => !lossOf(closed, own));
  // While their brief is being sent, the worker has the row. It schedules no further one for somebody inactive.
  if (active || row.sending) return { ...closed, active };
  return scheduleBrief({ ...closed, active }, partnership, now);
}

/** Tells a coordinator who has lost access, and what was theirs. */
async function accessClosedNotice(
  member: Member,
  identity: Identity,
  reason: LossReason,
  { stores, store, all }: { stores: Stores; store: Store; all: readonly Member[] },
): Promise<Reply> {
  const [where] = await linkedWorkspacesOf({ identities: [identity] }, stores);
  const place = where?.name ?? identity.platform;
  const what = rich`${bold(member.name)} ${whatHappened[reason](place)}`;
  if (member.active) {
    return {
      text: rich`${what}, so I no longer talk with them there. They can still reach me from their other place.`,
    };
  }
  const who = `#${member.id}`;
  const tasks = await openTasksText(member.id, store);
  const handOver: Button[] = tasks
    ? [{ label: 'Hand over', command: 'member left', args: { who }, style: 'primary' }]
    : [];
  const kept = keeperLeftNews(member, all);
  return {
    text: rich`${what}, so they no longer see anything here. ${tasks ?? 'They had no open tasks'}.${kept.text}`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          ...handOver,
          ...kept.buttons,
          { label: 'Let them back in', command: 'member add', args: { who } },
        ],
      },
    ],
  };
}

const whatHappened: { readonly [reason in LossReason]: (place: string) => string } = {
  guest: (place) => `is only a guest in ${place} now`,
  gone: (place) => `is no longer in ${place}`,
  role: (place) => `no longer has what lets people in from ${place} (see "access")`,
};

/** `Waiting for somebody: 2 follow-ups, 1 request, 3 partners they lead`; undefined if there are none. No titles. */
async function openTasksText(member: string, store: Store): Promise<RichText | undefined> {
  const rows = store.of(followups);
  const state = 'open' as const;
  const [mine, asked, led] = await Promise.all([
    rows.count({ index: 'byWho', where: { state, who: member } }),
    rows.count({ index: 'byAsked', where: { state, asked: member } }),
    store.of(partners).count({ index: 'byLead', where: { archived: false, lead: member } }),
  ]);
  const counts = [
    mine > 0 && counted(mine, 'follow-up'),
    asked > 0 && counted(asked, 'request'),
    led > 0 && `the lead of ${counted(led, 'partner')}`,
  ].filter((text) => text);
  return counts.length > 0 ? rich`Still in their name: ${counts.join(', ')}` : undefined;
}
