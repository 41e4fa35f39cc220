import { visitors } from './features/admission/store.ts';
import { paces } from './features/deliveries/pace.ts';
import { deliveries } from './features/deliveries/store.ts';
import { digests } from './features/digests/store.ts';
import { followups } from './features/followups/store.ts';
import { identities } from './features/identities/store.ts';
import { interactions } from './features/interactions/store.ts';
import { linkCodes, linkTries } from './features/linking/store.ts';
import { members } from './features/members/store.ts';
import { partners } from './features/partners/store.ts';
import { partnerships } from './features/settings/store.ts';
import { workspaces } from './features/workspaces/store.ts';
import { inbound } from './inbound.ts';
import { kept } from './long-args.ts';
import type { AnyDeclaration } from './store.ts';

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
  interactions,
  followups,
  digests,
  deliveries,
  paces,
  inbound,
  kept,
];
