import { hiddenCharacterIn } from '../../base/text.ts';
import { mergeButton } from '../../cards/merge-buttons.ts';
import { factsText } from '../../cards/partner-facts.ts';
import type { Call, Deps } from '../../command/command.ts';
import type { PartnerName } from '../../domain/directory/directory.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { MAX_PARTNER_NAME_LENGTH, partners } from '../../domain/partners/partner.ts';
import { erasedNames } from '../../domain/personal-data/erased-names.ts';
import { CONFIRMED, FORM } from '../../message/invocation.ts';
import type { Button } from '../../message/reply.ts';
import { Question, UserError } from '../../message/user-error.ts';
import { findAlike } from '../../names/likeness.ts';
import { looksLike, mixedWordIn, otherScriptsIn } from '../../names/look-alikes.ts';
import { nameKey } from '../../names/name-words.ts';
import { looksLikePerson } from '../../names/private-person.ts';
import { ConflictError } from '../../ports/store.ts';
import {
  alikeReply,
  erasedNameReply,
  lookAlikeReply,
  mayMerge,
  mixedScriptsReply,
  personReply,
  takenReply,
} from './cards.ts';

/** A name without spare spaces. */
export function tidyName(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** @returns what is wrong with a name, in a sentence, or undefined if nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'There is no name.';
  if (!/[\p{L}\p{N}]/u.test(name) || nameKey(name) === '')
    return 'A name needs at least one letter or digit.';
  if (name.length > MAX_PARTNER_NAME_LENGTH)
    return `That name has ${name.length} characters. It can have up to ${MAX_PARTNER_NAME_LENGTH}.`;
  const hidden = hiddenCharacterIn(name);
  return hidden && `That name has ${hidden}. Please type it again without it.`;
}

/** The names in a list with `;` or `,` between them, each once. */
export function splitNames(list: string): string[] {
  const byKey = new Map<string, string>();
  for (const part of list.split(/[;,\n]/)) {
    const name = tidyName(part);
    if (name !== '' && !byKey.has(nameKey(name))) byKey.set(nameKey(name), name);
  }
  return [...byKey.values()];
}

/** The other names of a partner from a list, without its own name. */
export function aliasesOf(name: string, list: string): string[] {
  return splitNames(list).filter((alias) => nameKey(alias) !== nameKey(name));
}

/** @returns the partner that has a name, as its own or another one. @param except the id of a partner to ignore */
export function holderOf(
  name: string,
  partners: readonly PartnerName[],
  except?: string,
): PartnerName | undefined {
  const key = nameKey(name);
  return partners.find(
    (partner) =>
      partner.id !== except &&
      [partner.name, ...partner.aliases].some((known) => nameKey(known) === key),
  );
}

/**
 * Reads a new name, without spare spaces.
 * @throws UserError if it is not a name.
 */
export function checkedName(text: string, arg: string): string {
  const name = tidyName(text);
  const problem = nameProblem(name);
  if (!problem) return name;
  throw new UserError(`${problem} What is it called?`, arg);
}

/**
 * Makes sure that no other partner has one of the names, and asks about those that are like another one.
 * @param own the id of the partner that is to get them.
 * @throws Question that shows the other partner, with a button that keeps the typed args.
 */
export async function refuseTakenNames(
  names: readonly string[],
  own: string,
  command: string,
  call: NameCall,
  deps: Deps,
): Promise<void> {
  const { raw } = call;
  const taken = names.find((name) => holderOf(name, deps.directory.partners, own));
  const holder = taken && holderOf(taken, deps.directory.partners, own);
  if (holder) await showTaken(taken, { holder: holder.id, own, command }, call, deps);
  if (raw[CONFIRMED] !== undefined) return;
  askAboutLookAlikes(names, own, command, raw, deps);
  askAboutAlike(names, own, command, call, deps);
}

/** Who gives a name, and how. */
type NameCall = Pick<Call, 'raw' | 'member'>;

/** The offer to merge a partner with the one whose name it was to get, if both are in the register. */
function mergeButtons(
  own: string,
  other: { id: string; archived: boolean },
  member: Call['member'],
  directory: Deps['directory'],
): Button[] {
  const isRegistered = directory.activePartners.some(({ id }) => id === own) && !other.archived;
  return isRegistered && mayMerge(viewerOf(member, directory), [own, other.id])
    ? [mergeButton('Merge them…', { id: own }, other)]
    : [];
}

/**
 * @throws Question about a name that is probably another partner's, written another way.
 */
function askAboutAlike(
  names: readonly string[],
  own: string,
  command: string,
  { raw, member }: NameCall,
  { directory }: Pick<Deps, 'directory'>,
): void {
  const label = command === 'partner add' ? 'No, add it' : 'No, use it';
  const use = { label, command, args: { ...raw, [CONFIRMED]: 'yes' } };
  for (const name of names) {
    const alike = findAlike(name, directory.partners, [own]);
    if (alike) {
      const merge = mergeButtons(own, alike, member, directory);
      throw new Question(alikeReply(alike, [use, ...merge]));
    }
  }
}

/** @throws Question about a name that is probably a person's, who is no partner. */
export function askAboutPerson(name: string, { raw }: Pick<Call, 'raw'>): void {
  if (raw[CONFIRMED] !== undefined || !looksLikePerson(name)) return;
  const args = { ...raw, [CONFIRMED]: 'yes' };
  const use = { label: "It's a group: add it", command: 'partner add', args };
  throw new Question(personReply(name, use));
}

/** @throws Question if somebody of one of the names was erased, with a button that adds it all the same. */
export async function askAboutErased(
  names: readonly string[],
  command: string,
  { raw }: Pick<Call, 'raw'>,
  { store, erasureRecords }: Pick<Deps, 'store' | 'erasureRecords'>,
): Promise<void> {
  if (raw[CONFIRMED] !== undefined) return;
  const erasedOn = await erasedNames(store, erasureRecords);
  const day = names.map(erasedOn).find((one) => one !== undefined);
  if (day === undefined) return;
  const args = { ...raw, [CONFIRMED]: 'yes' };
  throw new Question(erasedNameReply(day, { label: 'Yes, add anyway', command, args }));
}

/** @throws Question about a name that looks like another partner's, or mixes letters of scripts that look alike. */
function askAboutLookAlikes(
  names: readonly string[],
  own: string,
  command: string,
  raw: Call['raw'],
  { directory }: Pick<Deps, 'directory'>,
): void {
  const use = { label: 'Use it all the same', command, args: { ...raw, [CONFIRMED]: 'yes' } };
  for (const name of names) {
    const other = lookAlikeOf(name, directory.partners, own);
    const mixed = mixedWordIn(name);
    if (other) throw new Question(lookAlikeReply(name, other, use));
    if (mixed) throw new Question(mixedScriptsReply(mixed, otherScriptsIn(mixed), use));
  }
}

/** @returns the partner whose name, or other name, looks like a name and is not the same. */
function lookAlikeOf(
  name: string,
  partners: readonly PartnerName[],
  except?: string,
): PartnerName | undefined {
  return partners.find(
    (partner) =>
      partner.id !== except &&
      [partner.name, ...partner.aliases].some((known) => looksLike(name, known)),
  );
}

/** Runs a write of a name. @throws Question if another partner gets the name at the same moment. */
export async function unlessTaken<T>(
  name: string,
  own: string,
  command: string,
  call: NameCall,
  deps: Deps,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const where = { key: nameKey(name) };
    const { rows } = await deps.store.of(partners).find({ index: 'byKey', where }, 1);
    const [existing] = rows;
    if (existing) await showTaken(name, { holder: existing.id, own, command }, call, deps);
    throw error;
  }
}

async function showTaken(
  name: string,
  { holder, own, command }: { holder: string; own: string; command: string },
  { raw, member }: NameCall,
  { store, directory, partnership }: Deps,
): Promise<void> {
  const existing = await store.of(partners).get(holder);
  if (!existing) return;
  const another = { label: 'Use another name', command, args: { ...raw, [FORM]: 'yes' } };
  const facts = factsText(existing, directory, partnership);
  const merge = mergeButtons(own, existing, member, directory);
  throw new Question(takenReply(name, existing, facts, [another, ...merge]));
}
