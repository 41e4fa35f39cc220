import { derivedId } from '../../base/id.ts';
import type { Identity } from '../../message/invocation.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

/** A request to be let in. It is removed when they are let in. */
export interface JoinRequest extends Row {
  identity: Identity;
  /** Their name on the platform. */
  name: string;
  /** IANA name; null: the platform does not say. */
  zone: string | null;
  /** When the coordinators were last asked; null: not yet. */
  askedAt: Date | null;
}

export const joinRequests = defineCollection<JoinRequest>()({
  name: 'joinRequests',
  scope: 'partnership',
  fields: { identity: 'data', name: 'text', zone: 'text', askedAt: 'moment' },
  indexes: { byAsked: { on: ['askedAt'] } },
});

/** The id of the request of an identity to join a partnership. */
export function joinRequestId(
  { platform, workspace, user }: Identity,
  partnership: string,
): string {
  return derivedId('join request', partnership, platform, workspace, user);
}
