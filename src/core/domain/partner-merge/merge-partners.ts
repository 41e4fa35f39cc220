import type { Day } from '../../dates/day.ts';
import { nameKey } from '../../names/name-words.ts';
import { type Stores, updateWithRetry } from '../../ports/store.ts';
import { contacts } from '../contacts/contact.ts';
import type { Directory } from '../directory/directory.ts';
import { changeMember } from '../members/change-member.ts';
import { members } from '../members/member.ts';
import { withTie } from '../members/rules.ts';
import { mergedKey, type Partner, type PartnerMerge, partners } from '../partners/partner.ts';
import { withQuiet } from '../partners/rules.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import type { ChangeAuthor } from '../recorded-changes/record-changes.ts';
import { writeTogether } from '../unit-of-work/unit-of-work.ts';
import { keepNotesAsLong } from './kept-notes.ts';
import { moveContacts, moveFollowups } from './move-rows.ts';

/** What a merge writes with: in a unit of work, and many contacts before it. */
export interface MergeContext extends WriteContext {
  directory: Directory;
  untracked: WriteContext['store'];
  stores: Stores;
}

/** The fields of a partner that come from the other one if they are empty, in the order in which they are told. */
export const fillableFields = [
  'lead',
  'level',
  'sector',
  'kinds',
  'stage',
  'every',
  'about',
] as const;
export type FillableField = (typeof fillableFields)[number];

/** What a fillable field is when nobody has set it. */
export const unset = {
  lead: null,
  level: null,
  sector: null,
  kinds: [],
  stage: 'new',
  every: null,
  about: null,
} as const satisfies Pick<Partner, FillableField>;

/** Whether nobody has set a field of a partner. */
export function isUnset(partner: Partner, field: FillableField): boolean {
  const value = partner[field] ?? null;
  return Array.isArray(value) ? value.length === 0 : value === unset[field];
}

/** The fields that a partner gets from another one that is merged into it. */
export function fieldsToFill(kept: Partner, double: Partner): FillableField[] {
  return fillableFields.filter((field) => isUnset(kept, field) && !isUnset(double, field));
}

/** The names by which a partner is found besides its own, once another one is merged into it. */
function namesAfterMerge(kept: Partner, double: Partner): string[] {
  const byKey = new Map<string, string>();
  for (const name of [...kept.aliases, double.name, ...double.aliases])
    if (!byKey.has(nameKey(name))) byKey.set(nameKey(name), name);
  byKey.delete(nameKey(kept.name));
  return [...byKey.values()];
}

/** More contacts than these are moved before the rest, in batches, so that nothing else waits long. */
const MAX_CONTACTS_TOGETHER = 500;

/** Whether a partner has too many contacts to write them together with everything else. */
export async function hasManyContacts(partner: string, store: WriteContext['store']) {
  const query = { index: 'byPartner', where: { partner } } as const;
  return (await store.of(contacts).count(query)) > MAX_CONTACTS_TOGETHER;
}

/**
 * Merges a partner into another one, with its contacts, follow-ups, names, ties and gaps. It is written together, or with
 * many contacts in steps that can be repeated: the row of the merged partner is marked last.
 * @param author who does it, for the history of what is written first.
 * @throws BeingSentError while a reminder of one of its follow-ups is being sent, or the brief of a member tied to it.
 */
export async function mergePartners(
  double: Partner,
  kept: Partner,
  author: ChangeAuthor,
  context: MergeContext,
): Promise<void> {
  const { store, untracked, stores, partnership, now } = context;
  const stored = stores.forPartnership(partnership.id);
  if (await hasManyContacts(double.id, stored)) {
    await writeTogether(stores, partnership.id, async (unit) => {
      await prepareMerge(double, kept.id, { ...context, ...unit });
      await unit.recordHistory(author);
    });
    await moveContacts(double.id, kept.id, stored);
  }
  await prepareMerge(double, kept.id, context);
  // A receipt needs no copy of moved rows: each knows where it came from.
  await moveContacts(double.id, kept.id, untracked);
  await moveFollowups(double.id, kept.id, untracked);
  await keepNotesAsLong(double.id, kept.id, context);
  await updateWithRetry(store.of(partners), kept.id, (row) =>
    withQuiet(withOther(row, double), partnership),
  );
  await updateWithRetry(store.of(partners), double.id, (row) => {
    const merged = { mergedInto: kept.id, mergedAt: now, archived: true, key: mergedKey(row.id) };
    return withQuiet({ ...row, ...merged }, partnership);
  });
  await context.namesChanged();
}

/**
 * Unites the ties of two partners, so that nobody sees what is hidden from them while rows are moved, and notes what the
 * kept one will get.
 */
async function prepareMerge(
  double: Partner,
  kept: string,
  context: Omit<MergeContext, 'untracked'>,
): Promise<void> {
  const tied = await uniteTies(double.id, kept, context);
  await updateWithRetry(context.store.of(partners), kept, (row) => {
    if (mergeOf(row, double.id)) return undefined;
    const { id: from, leadAsked } = double;
    const filled = fieldsToFill(row, double);
    const isAsked = leadAsked && !row.leadAsked && row.lead === null && !filled.includes('lead');
    const merge: PartnerMerge = {
      from,
      filled: isAsked ? [...filled, 'leadAsked'] : filled,
      tied,
      importedContact: row.importedContact,
      ...(filled.includes('lead') &&
        row.leadAsked === double.lead && { leadAskedBy: row.leadAskedBy }),
    };
    return { ...row, merges: [...(row.merges ?? []), merge] };
  });
  await context.namesChanged();
}

/** What a partner got when another one was merged into it; undefined if it was not. */
export const mergeOf = ({ merges }: Partner, from: string): PartnerMerge | undefined =>
  merges?.find((merge) => merge.from === from);

/** The partner with what it gets from another one. */
function withOther(kept: Partner, double: Partner): Partner {
  const merge = mergeOf(kept, double.id);
  const noted = merge?.filled ?? [];
  const filled = fieldsToFill(kept, double).filter((field) => noted.includes(field));
  const { leadAsked, leadAskedBy } = double;
  return {
    ...kept,
    ...Object.fromEntries(filled.map((field) => [field, double[field]])),
    ...(noted.includes('leadAsked') && { leadAsked, leadAskedBy }),
    // Whoever leads it now need not answer whether they would.
    ...(merge?.leadAskedBy !== undefined &&
      kept.leadAsked === double.lead && { leadAsked: null, leadAskedBy: null }),
    aliases: namesAfterMerge(kept, double),
    importedContact: later(kept.importedContact, double.importedContact),
    lastContact: later(kept.lastContact, double.lastContact),
    lastTwoWay: later(kept.lastTwoWay, double.lastTwoWay),
  };
}

/**
 * Whoever is tied to the other one, or to the partner that it is a part of, is tied to the kept one too.
 * @returns the ids of the members who were not.
 */
async function uniteTies(
  double: string,
  kept: string,
  context: Omit<MergeContext, 'untracked'>,
): Promise<string[]> {
  const tied: string[] = [];
  for await (const { id, tiedTo } of context.store.of(members).all({ index: 'byName' })) {
    const isTied = context.directory.withParts(tiedTo).has(double);
    if (!isTied || tiedTo.includes(kept)) continue;
    await changeMember(id, context, (row) => withTie(row, kept, true));
    tied.push(id);
  }
  return tied;
}

function later(one: Day | null, other: Day | null): Day | null {
  return one === null || (other !== null && other > one) ? other : one;
}
