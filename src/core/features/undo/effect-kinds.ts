import { noteName } from '../../cards/contact-text.ts';
import type { Deps } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { digests } from '../../domain/digests/digest.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { dueText } from '../../domain/followups/rules.ts';
import { type Interest, interests } from '../../domain/interests/interest.ts';
import { isSameMember, type Member, members } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import type { Change } from '../../domain/receipts/change.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import type { AnyDeclaration, Row } from '../../ports/store.ts';

/** A change in words: what it was about, for a button, and what it means that it was taken back. */
export interface Effect {
  label: string;
  undone: RichText;
}

export interface EffectsDeps extends Pick<Deps, 'store' | 'directory'> {
  /** Who reads the words. */
  member: Member;
  today: Day;
}

/** A kind of change. */
export interface Kind {
  collection: string;
  isOf(change: Change, all: readonly Change[]): boolean;
  /** What several rows are called. */
  several: string;
  /** What is so again, after the number of several rows. */
  undone: string;
  effect(change: Change, deps: EffectsDeps): Promise<Effect | undefined>;
}

export const isAdded = ({ before }: Change): boolean => before === null;
const isRemoved = ({ after }: Change): boolean => after === null;

/** Whether a change closed a follow-up. */
export const isClosing = (change: Change): boolean =>
  change.collection === followups.name && changesField('state')(change);

/** Whether a change gave a field of an existing row another value. */
const changesField =
  (...fields: string[]) =>
  ({ before, after }: Change): boolean =>
    before !== null && after !== null && fields.some((field) => field in after);

/** Fields of a partner that follow from its contacts. */
const computedFields = [
  ...['id', 'version', 'lastContact', 'lastTwoWay', 'quietOn', 'nudgeOn'],
  ...['reach', 'reachSince'],
];

/** Whether a change only gave a partner other values that follow from its contacts. */
export const isComputed = ({ before, after }: Change): boolean =>
  before !== null &&
  after !== null &&
  Object.entries(after).every(
    ([field, value]) =>
      computedFields.includes(field) ||
      // A contact ends a "not now"; only `quiet later` begins one.
      (field === 'putOffUntil' && value === null),
  );

/** The row of a change as it is now; if it is gone, as it was. */
export async function rowOf<T extends Row>(
  { id, before, after }: Change,
  declaration: AnyDeclaration,
  { store }: EffectsDeps,
): Promise<T | undefined> {
  const row = (await store.of(declaration).get(id)) ?? (after ? undefined : before);
  return (row ?? undefined) as T | undefined;
}

/** A kind of change of contacts. @param about goes before "note on …" in a label. @param again what is so again */
function ofContacts(isOf: Kind['isOf'], about: string, again: string): Kind {
  return {
    collection: contacts.name,
    isOf,
    several: 'notes',
    undone: `notes are ${again}`,
    async effect(change, deps) {
      const { directory, member } = deps;
      const row = await rowOf<Contact>(change, contacts, deps);
      if (!row || isContactHiddenFrom(viewerOf(member, directory), row)) return undefined;
      const was = { ...row, ...change.before };
      const partner = directory.partner(was.partner)?.name ?? 'a partner';
      return {
        label: `${about}note on ${partner}`,
        undone: rich`${noteName(was, partner, deps, directory)} is ${again}`,
      };
    },
  };
}

/** A kind of change of follow-ups. @param text the label, and what is so again about the follow-up as it was before */
function ofFollowups(
  isOf: Kind['isOf'],
  undone: string,
  text: (was: Followup, deps: EffectsDeps) => { label: string; undone: RichText },
): Kind {
  return {
    collection: followups.name,
    isOf,
    several: 'follow-ups',
    undone: `follow-ups are ${undone}`,
    async effect(change, deps) {
      const row = await rowOf<Followup>(change, followups, deps);
      if (!row || isFollowupHiddenFrom(viewerOf(deps.member, deps.directory), row))
        return undefined;
      return text({ ...row, ...change.before }, deps);
    },
  };
}

/** A kind of change of partners or members: one with a name. */
function ofNamed(
  collection: typeof partners | typeof members,
  isOf: Kind['isOf'],
  undone: string,
  text: (was: Partner & Member, deps: EffectsDeps, change: Change) => RichText,
  label: (was: Partner & Member, deps: EffectsDeps) => string = ({ name }) => name,
): Kind {
  return {
    collection: collection.name,
    isOf,
    several: collection.name,
    undone: `${collection.name} ${undone}`,
    async effect(change, deps) {
      const row = await rowOf<Partner & Member>(change, collection, deps);
      return (
        row && {
          label: label(row, deps),
          undone: text({ ...row, ...change.before }, deps, change),
        }
      );
    },
  };
}

/** A kind of change of a collection whose rows are not named. */
function ofOthers(collection: string, isOf: Kind['isOf'], label: string, undone: string): Kind {
  const effect: Effect = { label, undone: rich`${undone}` };
  return { collection, isOf, several: label, undone, effect: async () => effect };
}

const always = (): boolean => true;

/** Who has something, at the start of a sentence part, with its verb. */
function holder(id: string | null, verb: [you: string, others: string], deps: EffectsDeps): string {
  if (isSameMember(deps.member, id)) return `you ${verb[0]}`;
  return `${(id && deps.directory.member(id)?.name) ?? 'nobody'} ${verb[1]}`;
}

const quoted = ({ title }: Followup): string => `"${title}"`;

function tiesText({ tiedTo, name }: Member, { after }: Change, { directory }: EffectsDeps) {
  const given = (after as Partial<Member> | null)?.tiedTo ?? [];
  const back = tiedTo.filter((id) => !given.includes(id));
  const gone = given.filter((id) => !tiedTo.includes(id));
  const names = (ids: readonly string[]) =>
    joined(
      ids.map((id) => rich`${bold(directory.partner(id)?.name ?? 'a partner')}`),
      ' and ',
    );
  return back.length > 0
    ? rich`${name} belongs to ${names(back)} again`
    : rich`${name} no longer belongs to ${names(gone)}`;
}

/** All kinds of changes that are told. The first that fits a change is the one. */
export const kinds: readonly Kind[] = [
  ofContacts(isAdded, '', 'gone'),
  ofContacts(isRemoved, 'removed ', 'back'),
  ofContacts(always, 'changed ', 'as it was before'),
  ofFollowups(isClosing, 'open again', (was) => ({
    label: quoted(was),
    undone: rich`${quoted(was)} is open again`,
  })),
  ofFollowups(isAdded, 'off the list', (was, { member }) => ({
    label: quoted(was),
    undone: rich`${quoted(was)} is off ${isSameMember(member, was.who) ? 'your' : 'the'} list`,
  })),
  ofFollowups(changesField('who'), 'back with their owners', (was, deps) => ({
    label: quoted(was),
    undone: rich`${holder(was.who, ['have', 'has'], deps)} ${quoted(was)} again`,
  })),
  ofFollowups(changesField('asked'), 'as they were before', (was) => ({
    label: quoted(was),
    undone: was.asked
      ? rich`the request about ${quoted(was)} is open again`
      : rich`the request about ${quoted(was)} is taken back`,
  })),
  ofFollowups(changesField('dueDay', 'at'), 'due on their old days again', (was) => ({
    label: quoted(was),
    undone: was.dueDay
      ? rich`${quoted(was)} is due ${dueText({ day: was.dueDay, at: was.at })} again`
      : rich`${quoted(was)} has no day again`,
  })),
  ofFollowups(always, 'as they were before', (was) => ({
    label: quoted(was),
    undone: rich`${quoted(was)} is as it was before`,
  })),
  ofNamed(
    partners,
    isAdded,
    'are no longer in the register',
    ({ name }) => rich`${bold(name)} is no longer in the register`,
  ),
  ofNamed(partners, changesField('archived'), 'are where they were before', ({ name, archived }) =>
    archived
      ? rich`${bold(name)} is in the archive again`
      : rich`${bold(name)} is in the register again`,
  ),
  ofNamed(
    partners,
    changesField('name'),
    'have their old names again',
    ({ name }) => rich`it is called ${bold(name)} again`,
  ),
  ofNamed(
    partners,
    changesField('lead'),
    'have their old leads again',
    ({ name, lead }, deps) => rich`${holder(lead, ['lead', 'leads'], deps)} ${bold(name)} again`,
  ),
  ofNamed(
    partners,
    changesField('distinctFrom'),
    'may be asked about again',
    ({ name }) => rich`I may ask about ${bold(name)} again`,
  ),
  ofNamed(
    partners,
    (change, all) =>
      !isComputed(change) || !all.some(({ collection }) => collection === contacts.name),
    'are as they were before',
    ({ name }) => rich`${bold(name)} is as it was before`,
  ),
  ofNamed(
    members,
    isAdded,
    'are no longer members here',
    ({ name }) => rich`${name} is no longer a member here`,
  ),
  ofNamed(members, changesField('active'), 'are as they were before', ({ name, active }) =>
    active ? rich`${name} is a member here again` : rich`${name} is no longer a member here`,
  ),
  ofNamed(
    members,
    changesField('role'),
    'have their old roles again',
    ({ name, role, ...was }, { member }) =>
      isSameMember(member, was.id)
        ? rich`you are a ${role} again`
        : rich`${name} is a ${role} again`,
  ),
  ofNamed(members, changesField('tiedTo'), 'have their old ties again', (was, deps, change) =>
    tiesText(was, change, deps),
  ),
  ofNamed(
    members,
    always,
    'are as they were before',
    ({ name, id }, { member }) =>
      isSameMember(member, id)
        ? rich`your settings are as they were before`
        : rich`${name} is as before`,
    ({ name, id }, { member }) => (isSameMember(member, id) ? 'your settings' : name),
  ),
  ofOthers(partnerships.name, always, 'settings', 'the settings are as they were before'),
  ofOthers(digests.name, isAdded, 'digest', 'the digest is off again'),
  ofOthers(digests.name, always, 'digest', 'the digest is as it was before'),
  {
    collection: interests.name,
    isOf: always,
    several: 'interests',
    undone: 'interests are as they were before',
    async effect(change, deps) {
      const row = await rowOf<Interest>(change, interests, deps);
      const partner = row && deps.directory.partner(row.partner)?.name;
      if (!partner) return undefined;
      const again = isAdded(change) ? 'gone' : 'as it was before';
      return {
        label: `interest in ${partner}`,
        undone: rich`your interest in ${bold(partner)} is ${again}`,
      };
    },
  },
];
