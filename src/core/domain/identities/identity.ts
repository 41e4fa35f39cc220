import { derivedId } from '../../base/id.ts';
import type { Identity } from '../../message/invocation.ts';
import {
  defineCollection,
  insertOnce,
  type New,
  type Row,
  type Stores,
  updateWithRetry,
} from '../../ports/store.ts';

/**
 * An index that finds the member of a platform user in any workspace. If it disagrees with the member's own row, the
 * member's row is right.
 */
export interface IdentityRow extends Row, Identity {
  partnership: string;
  /** Member id. */
  member: string;
  /**
   * True if the member was removed: the person stays out until a coordinator lets them in. Then the row says nothing
   * but that, and only its id, a hash, still belongs to them. The row of an unlinked identity also says whose it was.
   */
  closed: boolean;
}

export const identities = defineCollection<IdentityRow>()({
  name: 'identities',
  scope: 'global',
  fields: {
    platform: 'text',
    workspace: 'text',
    user: 'text',
    partnership: 'text',
    member: 'text',
    closed: 'flag',
  },
  indexes: { byUser: { on: ['platform', 'user'] } },
});

/** The id of an identity's row. */
export function identityId({ platform, workspace, user }: Identity): string {
  return derivedId('identity', platform, workspace, user);
}

/** An identity's row. */
function identityRow(
  { platform, workspace, user }: Identity,
  owner: Pick<IdentityRow, 'partnership' | 'member'>,
): New<IdentityRow> {
  const { partnership, member } = owner;
  const id = identityId({ platform, workspace, user });
  return { id, platform, workspace, user, partnership, member, closed: false };
}

/** Records which member an identity belongs to from now on. It can be repeated. */
export async function recordIdentity(
  stores: Pick<Stores, 'global'>,
  identity: Identity,
  owner: Pick<IdentityRow, 'partnership' | 'member'>,
): Promise<void> {
  const rows = stores.global(identities);
  const { partnership, member } = owner;
  const row = identityRow(identity, owner);
  await insertOnce(rows, row);
  await updateWithRetry(rows, row.id, (now) =>
    now.partnership === partnership && now.member === member ? undefined : { ...now, ...row },
  );
}

/** The row of an identity whose member was removed. They were out, and stay out, but nothing names them. */
export function closedIdentity(row: IdentityRow): IdentityRow {
  return { ...row, platform: '', workspace: '', user: '', member: '', closed: true };
}

/** The row of an identity that was unlinked from a member. Whoever leaves as that member stays out with it too. */
export function unlinkedIdentity(row: IdentityRow): IdentityRow {
  return { ...closedIdentity(row), member: row.member, closed: false };
}

/**
 * Whom an identity belonged to before, if it is nobody's now.
 * @returns the member's id; null: a member who was removed. Undefined: it is somebody's, or never was.
 */
export async function formerOwnerOf(
  stores: Pick<Stores, 'global'>,
  identity: Identity,
  partnership: string,
): Promise<string | null | undefined> {
  const row = await stores.global(identities).get(identityId(identity));
  if (row?.partnership !== partnership || row.user !== '') return undefined;
  return row.closed ? null : row.member;
}

/** Whether two identities are the same user in the same workspace. */
export function isSameIdentity(a: Identity | undefined, b: Identity | undefined): boolean {
  return a?.platform === b?.platform && a?.workspace === b?.workspace && a?.user === b?.user;
}

/** A platform as people call it: `Slack`. */
export const platformName = (platform: string): string =>
  platform.charAt(0).toUpperCase() + platform.slice(1);
