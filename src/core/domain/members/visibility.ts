import { isSameMember, type Member } from './member.ts';
import type { Role } from './rights.ts';

/**
 * Somebody who reads: everything that decides which notes and promises they may see. Made by {@link viewerOf} only, so
 * that each place that shows something asks about all of it.
 */
export interface Viewer {
  readonly id: string;
  /** The ids of members that were merged into them. Rows that name these are their own too. */
  readonly mergedFrom: readonly string[] | null;
  readonly role: Role;
  /** Ids of the partners whose notes and promises are hidden from them. */
  readonly hiddenPartners: ReadonlySet<string>;
  /** False: no coordinator has said yet who they are. They do not hear that anybody is tied to a partner. */
  readonly isIdentified: boolean;
}

/**
 * The viewer that a member is. Somebody whom no coordinator has identified yet may be the second account of a tied
 * member, so they see nothing of any partner with a tie.
 * @param directory the partners to which any member is tied, and which partner is part of which.
 */
export function viewerOf(
  member: Pick<Member, 'id' | 'mergedFrom' | 'role' | 'tiedTo' | 'unidentifiedSince'>,
  directory: {
    readonly tiedPartners: ReadonlySet<string>;
    withParts(ids: readonly string[]): ReadonlySet<string>;
  },
): Viewer {
  const { id, mergedFrom, role, tiedTo, unidentifiedSince } = member;
  const own = directory.withParts(tiedTo);
  const hiddenPartners = unidentifiedSince ? new Set([...directory.tiedPartners, ...own]) : own;
  return { id, mergedFrom, role, hiddenPartners, isIdentified: !unidentifiedSince };
}

/** Whether notes about a partner and promises to it are hidden from somebody. */
export function isTiedTo({ hiddenPartners }: Viewer, partner: string | null): boolean {
  return partner !== null && hiddenPartners.has(partner);
}

/** Who may read a row. Rows from before there were private ones have neither field. */
export interface Readership {
  /** Ids of the members who may read it besides its author; null: everybody who sees the register. */
  readers: readonly string[] | null;
  /** True: they read it as coordinators, and only while they coordinate. */
  readersCoordinate: boolean | null;
}

/** The readership of what everybody may read. */
export const READ_BY_EVERYBODY: Readership = { readers: null, readersCoordinate: null };

/** Whether somebody may not read a private row. @param author the member who noted it: they always may */
export function isPrivateFrom(
  viewer: Pick<Viewer, 'id' | 'mergedFrom' | 'role'>,
  { readers, readersCoordinate }: Partial<Readership>,
  author: string,
): boolean {
  if (!readers || isSameMember(viewer, author)) return false;
  const isReader = readers.some((id) => isSameMember(viewer, id));
  return !isReader || (readersCoordinate === true && viewer.role !== 'coordinator');
}

/** The fields of a follow-up that decide who may see it. */
export interface FollowupOwners extends Readership {
  partner: string | null;
  who: string | null;
  asked: string | null;
  createdBy: string;
}

/**
 * Whether a follow-up is hidden from somebody: it is private and they are no reader, or its partner is hidden from them
 * and it is not their own.
 */
export function isFollowupHiddenFrom(viewer: Viewer, row: FollowupOwners): boolean {
  if (isPrivateFrom(viewer, row, row.createdBy)) return true;
  const own = [row.who, row.asked, row.createdBy].some((id) => isSameMember(viewer, id));
  return !own && isTiedTo(viewer, row.partner);
}

/**
 * Whether the words of a contact are hidden from somebody who did not note it: they are private and somebody else's, or
 * its partner is hidden from them.
 */
export function isContactHiddenFrom(
  viewer: Viewer,
  row: { partner: string; by: string } & Readership,
): boolean {
  if (isPrivateFrom(viewer, row, row.by)) return true;
  return !isSameMember(viewer, row.by) && isTiedTo(viewer, row.partner);
}
