import type { AnyDeclaration } from '../ports/store.ts';
import { contacts } from './contacts/contact.ts';
import { deliveries } from './deliveries/delivery.ts';
import { sendThrottles } from './deliveries/send-throttle.ts';
import { digests } from './digests/digest.ts';
import { followups } from './followups/followup.ts';
import { identities } from './identities/identity.ts';
import { joinRequests } from './join-requests/join-request.ts';
import { keptArgs } from './kept-args/kept-args.ts';
import { linkAttempts, linkCodes } from './link-codes/link-code.ts';
import { members } from './members/member.ts';
import { partners } from './partners/partner.ts';
import { partnerships } from './partnerships/partnership.ts';
import { activities } from './receipts/activity.ts';
import { receipts } from './receipts/receipt.ts';
import { noteRetentions } from './retention/note-retention.ts';
import { retentionSchedules } from './retention/schedule.ts';
import { workspaces } from './workspaces/workspace.ts';

/** Every collection. The store adapter gets this list, and `undo` finds collections by name in it. */
export const collections: readonly AnyDeclaration[] = [
  workspaces,
  partnerships,
  members,
  identities,
  joinRequests,
  linkCodes,
  linkAttempts,
  partners,
  contacts,
  followups,
  digests,
  deliveries,
  sendThrottles,
  receipts,
  activities,
  keptArgs,
  noteRetentions,
  retentionSchedules,
];
