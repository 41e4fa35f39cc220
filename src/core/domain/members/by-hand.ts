import { identityToWriteTo, isActiveCoordinator, type Member } from './member.ts';
import { type FollowupOwners, isFollowupHiddenFrom, viewerOf } from './visibility.ts';

/** Everybody in the partnership, as the directory has them. */
interface Everybody {
  readonly members: readonly Member[];
  readonly tiedPartners: ReadonlySet<string>;
  withParts(ids: readonly string[]): ReadonlySet<string>;
  member(id: string): Member | undefined;
}

type WithKeeper = Partial<Pick<Member, 'keeper'>>;

/** Whether somebody was added by name, since they use neither Slack nor Discord. */
export const isByHand = ({ keeper = null }: WithKeeper): boolean => keeper !== null;

/** The member to look at for how somebody is reached: themselves, or who keeps in touch with them. */
export function contactOf(
  member: Member,
  { member: find }: Pick<Everybody, 'member'>,
): Member | undefined {
  return isByHand(member) ? find(member.keeper ?? '') : member;
}

/** Who passes on what somebody added by hand is sent: their keeper, or the coordinators if that one cannot. */
export function keepersOf(member: Member, everybody: Everybody): readonly Member[] {
  const keeper = contactOf(member, everybody);
  const isReached = keeper?.active && keeper.rhythm !== 'off' && identityToWriteTo(keeper);
  return keeper && isReached ? [keeper] : everybody.members.filter(isActiveCoordinator);
}

/**
 * Who hears of a follow-up that somebody owns, or was asked to take on: they themselves or, for somebody added by hand,
 * who keeps in touch with them. If it is hidden from that one, the coordinators who may see it.
 */
export function hearersOf(
  owner: Member,
  row: FollowupOwners,
  everybody: Everybody,
): readonly Member[] {
  if (!isByHand(owner)) return [owner];
  const maySee = (one: Member) => !isFollowupHiddenFrom(viewerOf(one, everybody), row);
  const keepers = keepersOf(owner, everybody).filter(maySee);
  return keepers.length > 0
    ? keepers
    : everybody.members.filter((one) => isActiveCoordinator(one) && maySee(one));
}

/** Who hears of what a member added by hand was given, or is asked to take on: follow-ups, or else partners to lead. */
export function hearersOfAssigned(
  to: Member,
  { followups: [promise] }: { followups: readonly FollowupOwners[] },
  everybody: Everybody,
): readonly Member[] {
  return promise ? hearersOf(to, promise, everybody) : keepersOf(to, everybody);
}

/** Whether somebody presses and answers for a member who was added by hand: who keeps in touch with them, or a coordinator. */
export function maySpeakFor(
  member: Pick<Member, 'id' | 'role'>,
  other: (WithKeeper & Pick<Member, 'active'>) | undefined,
): boolean {
  return (
    other !== undefined &&
    isByHand(other) &&
    (other.keeper === member.id || member.role === 'coordinator')
  );
}

/** Whose answer it is when a member presses: that of the other one, if the member may speak for them; else their own. */
export const spokenFor = (member: Member, other: Member | undefined): Member =>
  other && maySpeakFor(member, other) ? other : member;
