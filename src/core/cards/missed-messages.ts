import { type Delivery, recentDeliveries } from '../domain/deliveries/delivery.ts';
import { isNoticeHiddenFrom } from '../domain/deliveries/notice-visibility.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { followups } from '../domain/followups/followup.ts';
import { type Member, members } from '../domain/members/member.ts';
import { refusalText } from '../domain/members/refusals.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { isAssignment } from '../domain/notices/assigned.ts';
import { namesChanged } from '../domain/partnerships/partnership.ts';
import type { Block, Button } from '../message/reply.ts';
import { type RichText, rich } from '../message/rich-text.ts';
import type { Answer } from '../ports/platform.ts';
import { type Store, updateWithRetry } from '../ports/store.ts';

/** How many messages are shown. The others are counted. */
const MAX_SHOWN = 3;

const todayButton: Button = { label: 'My list', command: 'today', args: {} };

/**
 * Adds to a private answer what could not be sent to its reader lately, and how they get messages again. They hear of it
 * once: the next answer has it again only if something else could not be sent meanwhile.
 */
export async function withMissedMessages(
  answer: Answer,
  { member, directory, store }: { member: Member; directory: Directory; store: Store },
): Promise<Answer> {
  const since = member.unreachedSince ?? null;
  if (since === null || answer.form) return answer;
  const rows = await recentDeliveries(member.id, store);
  const missed = rows.filter(
    ({ state, createdAt, address }) =>
      state === 'permanent' && address?.to === 'user' && createdAt >= dayBefore(since),
  );
  const lines = await Promise.all(
    missed.slice(0, MAX_SHOWN).map((row) => lineOf(row, { member, directory, store })),
  );
  const claimed = await claim(member, since, store);
  if (!claimed || missed.length === 0) return answer;
  const more = missed.length - MAX_SHOWN;
  const refusal = member.refusals?.at(-1);
  const why = refusal ? `${refusalText(refusal)}.` : '';
  const blocks: Block[] = [
    { kind: 'text', text: rich`I couldn't send you this. ${why}` },
    ...lines.map((text): Block => ({ kind: 'text', text: rich`• ${text}` })),
    ...(more > 0 ? [{ kind: 'note', text: rich`And ${more} more.` } as const] : []),
    ...(refusal?.remedy ? [{ kind: 'note', text: rich`${refusal.remedy}` } as const] : []),
    { kind: 'buttons', buttons: [todayButton] },
  ];
  const { reply } = answer;
  return { ...answer, reply: { ...reply, card: [...(reply.card ?? []), ...blocks] } };
}

/** A message is written a while before it turns out that it cannot be sent. */
const dayBefore = (since: Date): Date => new Date(since.getTime() - 86_400_000);

/** A message that was not sent, in a few words: without what its reader may not see by now. */
async function lineOf(
  row: Delivery,
  { member, directory, store }: { member: Member; directory: Directory; store: Store },
): Promise<RichText> {
  const viewer = viewerOf(member, directory);
  if (row.kind === 'brief') return rich`Your brief`;
  if (row.kind === 'file') return rich`A file that you asked for`;
  if (row.kind === 'reminder') {
    const followup = await store.of(followups).get(row.subject);
    const isShown = followup && !isFollowupHiddenFrom(viewer, followup);
    return isShown ? rich`A reminder: ${followup.title}` : rich`A reminder`;
  }
  if (isAssignment(row)) return rich`Something you were given`;
  const isShown = row.reply && !(await isNoticeHiddenFrom(viewer, row, store));
  return isShown && row.reply ? row.reply.text : rich`A message`;
}

/** Records that they are told now. @returns whether this answer tells it: another one may have been first. */
async function claim({ id }: Member, since: Date, store: Store): Promise<boolean> {
  let isFirst = false;
  await updateWithRetry(store.of(members), id, (row) => {
    isFirst = row.unreachedSince?.getTime() === since.getTime();
    return isFirst ? { ...row, unreachedSince: null } : undefined;
  });
  if (isFirst) await namesChanged(store, { partners: [], members: [id] });
  return isFirst;
}
