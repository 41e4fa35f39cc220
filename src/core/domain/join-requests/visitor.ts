import { derivedId } from '../../base/id.ts';
import type { Identity } from '../../message/invocation.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

/** Somebody who has asked to be let in. The row goes when they are. */
export interface Visitor extends Row {
  identity: Identity;
  /** As their platform has them. */
  name: string;
  /** IANA name; null: it does not tell. */
  zone: string | null;
  /** When the coordinators were last told; null: not yet. */
  askedAt: Date | null;
}

export const visitors = defineCollection<Visitor>()({
  name: 'visitors',
  scope: 'partnership',
  fields: { identity: 'data', name: 'text', zone: 'text', askedAt: 'moment' },
  indexes: { byAsked: { on: ['askedAt'] } },
});

/** The id of the row of somebody who has asked to be let into a partnership. */
export function visitorId({ platform, workspace, user }: Identity, partnership: string): string {
  return derivedId('visitor', partnership, platform, workspace, user);
}
