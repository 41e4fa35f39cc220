import type { AnyDeclaration } from '../ports/store.ts';
import { acquaintances } from './acquaintances/acquaintance.ts';
import { contacts } from './contacts/contact.ts';
import { dataExports } from './data-exports/data-export.ts';
import { dataRequests } from './data-requests/data-request.ts';
import { deliveries } from './deliveries/delivery.ts';
import { sendThrottles } from './deliveries/send-throttle.ts';
import { digests } from './digests/digest.ts';
import { erasures } from './erasures/erasure.ts';
import { followups } from './followups/followup.ts';
import { handovers } from './handover/handover.ts';
import { historyEntries, historyWords } from './history/history-entry.ts';
import { identities } from './identities/identity.ts';
import { interests } from './interests/interest.ts';
import { joinRequests } from './join-requests/join-request.ts';
import { keptArgs } from './kept-args/kept-args.ts';
import { linkAttempts, linkCodes } from './link-codes/link-code.ts';
import { meetings } from './meetings/meeting.ts';
import { members } from './members/member.ts';
import { outgoingFiles } from './outgoing-files/outgoing-file.ts';
import { partners } from './partners/partner.ts';
import { partnershipDeletions } from './partnership-deletion/partnership-deletion.ts';
import { partnerships } from './partnerships/partnership.ts';
import { people } from './people/person.ts';
import { activities } from './receipts/activity.ts';
import { receipts } from './receipts/receipt.ts';
import { noteRetentions } from './retention/note-retention.ts';
import { retentionSchedules } from './retention/schedule.ts';
import { searchTerms } from './search-terms/search-term.ts';
import { standingRounds } from './standing-rounds/standing-round.ts';
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
  people,
  contacts,
  followups,
  searchTerms,
  interests,
  handovers,
  acquaintances,
  meetings,
  digests,
  deliveries,
  sendThrottles,
  outgoingFiles,
  dataExports,
  dataRequests,
  partnershipDeletions,
  receipts,
  activities,
  historyEntries,
  historyWords,
  keptArgs,
  erasures,
  noteRetentions,
  retentionSchedules,
  standingRounds,
];
