import { nameKey } from '../../names/name-words.ts';
import { acquaintances } from '../acquaintances/acquaintance.ts';
import { contacts } from '../contacts/contact.ts';
import { dataExports } from '../data-exports/data-export.ts';
import { dataRequests } from '../data-requests/data-request.ts';
import { deliveries } from '../deliveries/delivery.ts';
import { sendThrottles } from '../deliveries/send-throttle.ts';
import { digests } from '../digests/digest.ts';
import { erasures } from '../erasures/erasure.ts';
import { followups } from '../followups/followup.ts';
import { handovers } from '../handover/handover.ts';
import { historyEntries, historyWords } from '../history/history-entry.ts';
import { identities } from '../identities/identity.ts';
import { interests } from '../interests/interest.ts';
import { joinRequests } from '../join-requests/join-request.ts';
import { keptArgs } from '../kept-args/kept-args.ts';
import { linkAttempts, linkCodes } from '../link-codes/link-code.ts';
import { meetings } from '../meetings/meeting.ts';
import { members } from '../members/member.ts';
import { outgoingFiles, removeNow } from '../outgoing-files/outgoing-file.ts';
import { partners } from '../partners/partner.ts';
import { partnershipDeletions } from '../partnership-deletion/partnership-deletion.ts';
import { partnerships } from '../partnerships/partnership.ts';
import { people } from '../people/person.ts';
import { activities } from '../receipts/activity.ts';
import { receipts } from '../receipts/receipt.ts';
import { noteRetentions } from '../retention/note-retention.ts';
import { retentionSchedules } from '../retention/schedule.ts';
import { searchTerms } from '../search-terms/search-term.ts';
import { standingRounds } from '../standing-rounds/standing-round.ts';
import { workspaces } from '../workspaces/workspace.ts';
import { type PersonalData, personalData } from './personal-data.ts';

/**
 * What each collection of the domain holds of people. `erase` and `data` work by it. The process has the declarations of
 * the adapters' collections (`src/process/adapter-personal-data.ts`).
 */
export const personalDataOfDomain: readonly PersonalData[] = [
  personalData(contacts, { note: 'words', by: 'member', readers: 'member' }),
  personalData(followups, {
    title: 'words',
    series: 'copy',
    who: 'member',
    asked: 'member',
    askedBy: 'member',
    createdBy: 'member',
    closedBy: 'member',
    readers: 'member',
  }),
  // The words of notes and titles: the stores remove those that are erased there, with the same write.
  personalData(searchTerms, {}),
  personalData(
    partners,
    {
      name: 'organisation',
      aliases: 'organisation',
      sector: 'words',
      about: 'words',
      lead: 'member',
      leadAsked: 'member',
      leadAskedBy: 'member',
      merges: 'member',
    },
    {
      // The key is made of the name, and unique. Several names can become the same text. A merged partner's is not.
      afterErasing: (row, before) =>
        row.name === before.name || row.mergedInto
          ? row
          : { ...row, key: `${nameKey(row.name)} ${row.id}` },
    },
  ),
  personalData(
    people,
    {
      name: 'name',
      positions: 'copy',
      phone: 'words',
      email: 'words',
      reach: 'words',
      keptBy: 'member',
    },
    // Somebody else can be named in what a person does: then only that name goes.
    { removesRow: 'name' },
  ),
  personalData(noteRetentions, { reason: 'words', beforeMerge: 'copy' }),
  personalData(members, {
    name: 'name',
    identities: 'identity',
    lastSpokeAs: 'identity',
    preferredIdentity: 'identity',
    access: 'identity',
    refusals: 'identity',
    mergedInto: 'member',
    mergedFrom: 'member',
    keeper: 'member',
  }),
  // They are found by the identities of the members.
  personalData(identities, { user: 'identity', member: 'member' }),
  personalData(joinRequests, { name: 'name', identity: 'identity' }, { removesRow: true }),
  personalData(
    linkCodes,
    { member: 'member', usedBy: 'member' },
    { rowsOf: (partnership) => ({ index: 'byPartnership', where: { partnership } }) },
  ),
  personalData(linkAttempts, {}),
  personalData(partnerships, {
    name: 'organisation',
    namesChanges: 'member',
    safeguarding: 'copy',
  }),
  personalData(
    workspaces,
    { name: 'organisation' },
    { rowsOf: (partnership) => ({ index: 'byPartnership', where: { partnership } }) },
  ),
  personalData(handovers, { from: 'member', by: 'member', items: 'member' }),
  personalData(digests, {}),
  personalData(deliveries, {
    recipient: 'member',
    assignedBy: 'member',
    address: 'identity',
    refusedBy: 'identity',
    reply: 'copy',
    items: 'copy',
    reason: 'copy',
  }),
  personalData(dataExports, { name: 'name', member: 'member', recipient: 'member' }),
  personalData(dataRequests, {
    name: 'name',
    member: 'member',
    notedBy: 'member',
    closedBy: 'member',
  }),
  personalData(partnershipDeletions, { askedBy: 'member', agreedBy: 'member' }),
  personalData(sendThrottles, {}),
  personalData(
    outgoingFiles,
    { recipient: 'member', name: 'copy', content: 'copy', reply: 'copy' },
    { afterErasing: removeNow },
  ),
  personalData(
    receipts,
    { actor: 'member', answer: 'copy', changes: 'copy' },
    {
      rowsOf: (partnership) => ({ index: 'byTime', where: { partnership } }),
      // An undo would bring back a part of a row.
      afterErasing: (row) => ({ ...row, undoable: false }),
    },
  ),
  personalData(interests, { member: 'member' }),
  personalData(acquaintances, { member: 'member' }),
  personalData(meetings, { note: 'words', by: 'member' }),
  personalData(activities, { member: 'member' }),
  personalData(keptArgs, { args: 'copy' }, { removesRow: true }),
  personalData(historyEntries, { subject: 'member', actor: 'member', changes: 'copy' }),
  personalData(historyWords, { changes: 'copy' }, { removesRow: true }),
  // Its hashes are of the name, but nobody can tell the name from them.
  personalData(erasures, { member: 'member', askedBy: 'member' }),
  personalData(retentionSchedules, {}),
  personalData(standingRounds, {}),
];

/** The declarations of all collections. @param ofAdapters those of the adapters' collections */
export const allPersonalData = (
  ofAdapters: readonly PersonalData[] = [],
): readonly PersonalData[] => [...personalDataOfDomain, ...ofAdapters];
