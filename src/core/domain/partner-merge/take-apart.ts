import { isDeepStrictEqual } from 'node:util';
import { nameKey } from '../../names/name-words.ts';
import { getAll, updateWithRetry } from '../../ports/store.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Directory, PartnerName } from '../directory/directory.ts';
import type { Followup } from '../followups/followup.ts';
import { changeMember } from '../members/change-member.ts';
import { members } from '../members/member.ts';
import { withTie } from '../members/rules.ts';
import { type Partner, type PartnerMerge, partners } from '../partners/partner.ts';
import { recomputeLastContact } from '../partners/recompute-last-contact.ts';
import { keepNotesAsBefore } from './kept-notes.ts';
import {
  fillableFields,
  hasManyContacts,
  type MergeContext,
  mergeOf,
  unset,
} from './merge-partners.ts';
import { moveContactsBack, moveFollowupsBack } from './move-rows.ts';

/** How long a merge can be taken apart again: a week. */
const TAKE_APART_WINDOW_MS = 7 * 86_400_000;

/** Until when a merge can be taken apart again. */
export const takeApartUntil = (mergedAt: Date): Date =>
  new Date(mergedAt.getTime() + TAKE_APART_WINDOW_MS);

/** What stays with the kept partner when two are taken apart. */
export interface TakenApart {
  stayed: { contacts: Contact[]; followups: Followup[] };
  /** Members who got a tie by the merge keep it, since something was noted while they had it. */
  keepsTies: boolean;
}

/**
 * Takes a merged partner out of the other one again, with all that came from it. What was noted since stays.
 * @throws BeingSentError while a reminder of one of its follow-ups is being sent.
 */
export async function takeApart(
  double: Partner,
  kept: Partner,
  context: MergeContext,
): Promise<TakenApart> {
  const { store, untracked, stores, partnership, directory } = context;
  const merge = mergeOf(kept, double.id);
  const mergedAt = double.mergedAt ?? context.now;
  const stored = stores.forPartnership(partnership.id);
  // Many contacts go first, in batches. If that is cut off, taking them apart again goes on with it.
  if (await hasManyContacts(kept.id, stored))
    await moveContactsBack(double.id, kept.id, mergedAt, stored);
  const stayed = {
    contacts: await moveContactsBack(double.id, kept.id, mergedAt, untracked),
    followups: await moveFollowupsBack(double.id, kept.id, mergedAt, untracked),
  };
  await updateWithRetry(store.of(partners), kept.id, (row) => withoutOther(row, double, merge));
  await updateWithRetry(store.of(partners), double.id, (row) => ({
    ...row,
    key: nameKey(row.name),
    aliases: row.aliases.filter((name) => !nameHolder(name, [double.id, kept.id], directory)),
    archived: false,
    mergedInto: null,
    mergedAt: null,
    ...currentLead(row, directory),
  }));
  const others = (kept.merges ?? []).flatMap(({ from }) => (from === double.id ? [] : [from]));
  await keepNotesAsBefore(double.id, kept.id, others, context);
  for (const { id } of [kept, double]) await recomputeLastContact(id, context);
  const isNews = stayed.contacts.length + stayed.followups.length > 0;
  const keepsTies = isNews && (merge?.tied ?? []).length > 0;
  if (!keepsTies) await removeTies(merge?.tied ?? [], kept.id, context);
  await context.namesChanged();
  return { stayed, keepsTies };
}

/** The partner that has a name, as its own or another one. @param except ids of partners that are not looked at */
export function nameHolder(
  name: string,
  except: readonly string[],
  { partners: all }: Pick<Directory, 'partners'>,
): PartnerName | undefined {
  const key = nameKey(name);
  return all.find(
    ({ id, name: own, aliases }) =>
      !except.includes(id) && [own, ...aliases].some((known) => nameKey(known) === key),
  );
}

/** The partner without what it got from the other one, unless somebody has changed that since. */
function withoutOther(kept: Partner, double: Partner, merge: PartnerMerge | undefined): Partner {
  const keys = new Set([double.name, ...double.aliases].map(nameKey));
  const filled = fillableFields.filter(
    (field) => merge?.filled.includes(field) && isDeepStrictEqual(kept[field], double[field]),
  );
  const isAsked = merge?.filled.includes('leadAsked') && kept.leadAsked === double.leadAsked;
  return {
    ...kept,
    ...Object.fromEntries(filled.map((field) => [field, unset[field]])),
    ...(isAsked && { leadAsked: null, leadAskedBy: null }),
    ...(merge?.leadAskedBy !== undefined &&
      filled.includes('lead') &&
      !kept.leadAsked && { leadAsked: double.lead, leadAskedBy: merge.leadAskedBy }),
    aliases: kept.aliases.filter((name) => !keys.has(nameKey(name))),
    ...(merge &&
      kept.importedContact === double.importedContact && {
        importedContact: merge.importedContact,
      }),
    merges: (kept.merges ?? []).filter((one) => one !== merge && one.from !== double.id),
  };
}

/** Who leads a partner now that was merged: nobody, if its lead has left since. */
function currentLead(
  { lead, leadAsked, leadAskedBy }: Partner,
  { member }: Directory,
): Pick<Partner, 'lead' | 'leadAsked' | 'leadAskedBy'> {
  const here = (id: string | null) => {
    const found = member(id ?? '');
    return found?.active ? found.id : null;
  };
  const asked = here(leadAsked);
  return { lead: here(lead), leadAsked: asked, leadAskedBy: asked && leadAskedBy };
}

async function removeTies(
  tied: readonly string[],
  partner: string,
  context: MergeContext,
): Promise<void> {
  for (const { id } of await getAll(context.store.of(members), tied))
    await changeMember(id, context, (row) =>
      row.tiedTo.includes(partner) ? withTie(row, partner, false) : undefined,
    );
}
