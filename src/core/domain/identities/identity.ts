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
 * Whose an identity is, so that a person is found by who they are on a platform, whatever the workspace. Members'
 * own rows say the same, and decide: this is only the way to them.
 */
export interface IdentityRow extends Row, Identity {
  partnership: string;
  /** Member id. */
  member: string;
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
  whose: Pick<IdentityRow, 'partnership' | 'member'>,
): New<IdentityRow> {
  const { partnership, member } = whose;
  const id = identityId({ platform, workspace, user });
  return { id, platform, workspace, user, partnership, member };
}

/** Notes whose an identity is from now on. May be repeated. */
export async function noteIdentity(
  stores: Stores,
  identity: Identity,
  whose: Pick<IdentityRow, 'partnership' | 'member'>,
): Promise<void> {
  const rows = stores.global(identities);
  const { partnership, member } = whose;
  const row = identityRow(identity, whose);
  await insertOnce(rows, row);
  await updateWithRetry(rows, row.id, (now) =>
    now.partnership === partnership && now.member === member
      ? undefined
      : { ...now, partnership, member },
  );
}

/** Whether two identities are one. */
export function isSameIdentity(a: Identity | undefined, b: Identity | undefined): boolean {
  return a?.platform === b?.platform && a?.workspace === b?.workspace && a?.user === b?.user;
}
