import type { Identity } from '../../message/invocation.ts';
import { isSameIdentity, platformName } from '../identities/identity.ts';

/** After this long a refused identity is tried first again (ms): a week. */
const TRY_AGAIN_AFTER_MS = 7 * 86_400_000;

/** That a platform refused for good to deliver a message to an identity. */
export interface Refusal extends Identity {
  /** In words for a coordinator. */
  reason: string;
  /** Set if the person takes no direct messages there: how they can allow them. */
  remedy: string | null;
  /** ISO 8601, UTC. */
  at: string;
}

/** The part of a member that says where messages to them were refused. Rows from before have none. */
export interface WithRefusals {
  refusals?: Refusal[] | null;
}

/** Whether an identity is among those that have refused messages. */
export function isRefused(
  identity: Identity,
  refusals: readonly Identity[] | null | undefined,
): boolean {
  return refusals?.some((one) => isSameIdentity(one, identity)) === true;
}

/** The member after a message was refused by some identities: those are tried last from now on. */
export function withRefusals<T extends WithRefusals>(member: T, added: readonly Refusal[]): T {
  const others = (member.refusals ?? []).filter((one) => !isRefused(one, added));
  return { ...member, refusals: [...others, ...added] };
}

/** The member without what is known of an identity's refusals, so that it is tried first again. */
export function withoutRefusal<T extends WithRefusals>(member: T, identity: Identity | null): T {
  if (!identity || !isRefused(identity, member.refusals)) return member;
  const others = member.refusals?.filter((one) => !isSameIdentity(one, identity)) ?? [];
  return { ...member, refusals: others };
}

/** The member after a message reached them at an identity. Refusals of more than a week ago are forgotten. */
export function afterReached<T extends WithRefusals>(member: T, identity: Identity, now: Date): T {
  const reached = withoutRefusal(member, identity);
  const isOld = ({ at }: Refusal) => now.getTime() - Date.parse(at) > TRY_AGAIN_AFTER_MS;
  if (!reached.refusals?.some(isOld)) return reached;
  return { ...reached, refusals: reached.refusals.filter((one) => !isOld(one)) };
}

/** Why messages do not go to an identity, for its owner: `Your Discord messages are closed`. */
export function refusalText({ remedy, platform }: Refusal): string {
  const name = platformName(platform);
  return remedy === null ? `I can't write to you in ${name}` : `Your ${name} messages are closed`;
}
