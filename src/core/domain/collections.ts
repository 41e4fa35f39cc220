import type { AnyDeclaration } from '../ports/store.ts';
import { contacts } from './contacts/contact.ts';
import { deliveries } from './deliveries/delivery.ts';
import { sendThrottles } from './deliveries/send-throttle.ts';
import { digests } from './digests/digest.ts';
import { followups } from './followups/followup.ts';
import { identities } from './identities/identity.ts';
import { visitors } from './join-requests/visitor.ts';
import { kept } from './kept-args/kept-args.ts';
import { linkCodes, linkTries } from './link-codes/link-code.ts';
import { members } from './members/member.ts';
import { partners } from './partners/partner.ts';
import { partnerships } from './partnerships/partnership.ts';
import { receipts } from './receipts/receipt.ts';
import { workspaces } from './workspaces/workspace.ts';

/** Every declared collection, whatever its row: what the store adapter is given, and what `undo` looks through. */
export const collections: readonly AnyDeclaration[] = [
  workspaces,
  partnerships,
  members,
  identities,
  visitors,
  linkCodes,
  linkTries,
  partners,
  contacts,
  followups,
  digests,
  deliveries,
  sendThrottles,
  receipts,
  kept,
];
