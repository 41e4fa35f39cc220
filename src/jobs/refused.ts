import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import { members } from '../core/domain/members/member.ts';
import {
  afterReached,
  type Refusal,
  refusalText,
  withRefusals,
} from '../core/domain/members/refusals.ts';
import { namesChanged } from '../core/domain/partnerships/partnership.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';
import type { SendResult } from '../core/ports/platform.ts';
import { updateWithRetry } from '../core/ports/store.ts';
import { addressOf, withoutFallback } from './address.ts';
import type { JobContext, Message } from './due-row-handler.ts';

type Refused = Extract<SendResult, { outcome: 'permanent' }>;

/**
 * Where a delivery goes after the recipient's identities in `refusedBy` have refused it: to one on a platform that is
 * configured. Null: to none.
 */
export async function nextAddress(
  { recipient, file }: Message,
  refusedBy: readonly Refusal[],
  context: Pick<JobContext, 'directory' | 'store' | 'adapters'>,
): Promise<Address | null> {
  const { directory, adapters } = context;
  const member = directory.member(recipient);
  const elsewhere = (member?.identities ?? []).filter(({ platform }) => !adapters.has(platform));
  const address = await addressOf(member, context, [...refusedBy, ...elsewhere]);
  return address && (file ? withoutFallback(address) : address);
}

/** Everybody who has refused a delivery, with the one who just did. */
export function refusalsOf(
  { refusedBy, address }: Delivery,
  result: Refused | undefined,
  now: Date,
): Refusal[] {
  const before = refusedBy ?? [];
  if (!result || address?.to !== 'user') return before;
  const { platform, workspace, user } = address.identity;
  const { reason, remedy = null } = result;
  const at = now.toISOString();
  return [...before, { platform, workspace, user, reason, remedy, at }];
}

/**
 * Records that an identity has refused a delivery, which certainly was not posted there, if its recipient has another one.
 * @returns the ledger row, `prepared` for the next identity; `none`: there is no other; undefined: another worker has
 * taken over.
 */
export async function recordRefusal(
  delivery: Delivery,
  result: Refused,
  message: Message,
  context: JobContext,
): Promise<Delivery | 'none' | undefined> {
  if (delivery.address?.to !== 'user') return 'none';
  const refusedBy = refusalsOf(delivery, result, context.now);
  if (!(await nextAddress(message, refusedBy, context))) return 'none';
  return context.store
    .of(deliveries)
    .save({ ...delivery, state: 'prepared', deadline: null, address: null, refusedBy });
}

/** Records where the recipient of a closed delivery is reached now, and whether they are not reached at all. */
export async function noteReach(
  delivery: Delivery,
  result: SendResult,
  { directory, store, now }: Pick<JobContext, 'directory' | 'store' | 'now'>,
): Promise<void> {
  const known = directory.member(delivery.recipient);
  const refused = result.outcome === 'permanent' ? result : undefined;
  const refusals = refusalsOf(delivery, refused, now);
  const isReachedAgain = !refused && (known?.refusals?.length ?? 0) > 0;
  if (!known?.active || (refusals.length === 0 && !isReachedAgain)) return;
  let hasChanged = false;
  await updateWithRetry(store.of(members), known.id, (row) => {
    const told = refusals.length > 0 ? withRefusals(row, refusals) : row;
    const reached = delivery.address?.to === 'user' ? delivery.address.identity : undefined;
    const after = refused
      ? { ...told, unreachedSince: row.unreachedSince ?? now }
      : reached
        ? afterReached(told, reached, now)
        : told;
    hasChanged = after !== row;
    return hasChanged ? after : undefined;
  });
  if (hasChanged) await namesChanged(store, { partners: [], members: [known.id] });
}

/** The message with a note that says why it comes to this identity, if others have refused it. */
export function withPlaceNote(reply: Reply, refusedBy: readonly Refusal[] | null): Reply {
  const last = refusedBy?.at(-1);
  if (!last) return reply;
  const note = { kind: 'note', text: rich`${refusalText(last)}, so this comes here.` } as const;
  return { ...reply, card: [note, ...(reply.card ?? [])] };
}

/** Why a delivery reached none of its recipient's identities, in words for a coordinator. */
export const reasonsOf = (refusals: readonly Refusal[]): string =>
  [...new Set(refusals.map(({ reason }) => reason))].join(' ');
