import { mergeButton } from '../../cards/merge-buttons.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { may } from '../../domain/members/rights.ts';
import { isTiedTo, type Viewer } from '../../domain/members/visibility.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { isQuiet } from '../../domain/partners/rules.ts';
import { FORM } from '../../message/invocation.ts';
import { type Block, type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { findAlike } from '../../names/likeness.ts';
import { otherScriptsIn } from '../../names/look-alikes.ts';
import { briefFacts } from './facts.ts';

/** The buttons of a partner. */
export function partnerButtons(partner: { id: string }): Button[] {
  const which = `#${partner.id}`;
  return [
    { label: 'Log', command: 'log', args: { with: which, [FORM]: 'yes' }, style: 'primary' },
    { label: 'Add a follow-up', command: 'followup add', args: { with: which, [FORM]: 'yes' } },
    editButton(partner),
  ];
}

/** Opens the form of a partner's details. */
export function editButton(partner: { id: string }): Button {
  return {
    label: 'Edit',
    command: 'partner edit',
    args: { with: `#${partner.id}`, [FORM]: 'yes' },
  };
}

/** Shows a partner, or brings an archived one back. */
function showButton(partner: { id: string; archived: boolean }): Button {
  const which = `#${partner.id}`;
  return partner.archived
    ? { label: 'Bring it back', command: 'partner restore', args: { name: which } }
    : { label: 'Show', command: 'partner show', args: { with: which } };
}

/** A partner as a row of a list. */
export function partnerRow(partner: Partner, directory: Directory, today: Day): Block {
  const quiet = isQuiet(partner, today) && rich` · quiet since ${day(partner.quietOn as Day)}`;
  return {
    kind: 'row',
    text: rich`${bold(partner.name)}${briefFacts(partner, directory)}${quiet}`,
    buttons: [showButton(partner)],
  };
}

/** Says that another partner has the name already, and offers to use another name. */
export function takenReply(name: string, holder: Partner, facts: RichText, another: Button): Reply {
  const also = holder.aliases.length > 0 && rich` (also ${holder.aliases.join(', ')})`;
  const as = name !== holder.name && rich`, as ${bold(holder.name)}`;
  const where = holder.archived ? 'in the archive' : 'here';
  return {
    text: rich`${bold(name)} is ${where} already${as}${also}: ${facts}. Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [showButton(holder), another] }],
  };
}

/** Asks about a name that looks like another partner's. @param use uses it all the same */
export function lookAlikeReply(
  name: string,
  other: { id: string; name: string; archived: boolean },
  use: Button,
): Reply {
  const scripts = otherScriptsIn(`${name} ${other.name}`);
  return {
    text: rich`That looks like ${bold(other.name)}, but one of the two has ${scripts} letters in it. Do you mean that partner? Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [showButton(other), use, cancelButton] }],
  };
}

/** Asks about a name that is probably a partner's, written another way. @param use uses it all the same */
export function alikeReply(
  alike: { id: string; name: string; archived: boolean },
  use: Button,
): Reply {
  const where = alike.archived ? 'which is in the archive' : 'which I know';
  return {
    text: rich`Is that ${bold(alike.name)}, ${where}? Nothing has changed.`,
    card: [
      { kind: 'buttons', buttons: [{ ...showButton(alike), label: 'Yes' }, use, cancelButton] },
    ],
  };
}

/** Asks about the name of a new partner that is probably a person's. @param use adds it all the same */
export function personReply(name: string, use: Button): Reply {
  const remind: Button = {
    label: 'Just a reminder for me',
    command: 'followup add',
    args: { next: name, [FORM]: 'yes' },
  };
  const log: Button = {
    label: 'Choose a group',
    command: 'log',
    args: { note: name, [FORM]: 'yes' },
  };
  return {
    text: rich`I keep organisations, not neighbours. Which group is ${bold(name)} with? Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [remind, log, use, cancelButton] }],
  };
}

/** Asks about a word that mixes Latin letters with others that look like them. @param use uses it all the same */
export function mixedScriptsReply(word: string, scripts: string, use: Button): Reply {
  return {
    text: rich`${bold(word)} has ${scripts} letters between Latin ones, so nobody will find it by typing it. Is that meant? Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [use, cancelButton] }],
  };
}

/** Asks about the name of somebody who was erased. @param use adds it all the same */
export function erasedNameReply(erasedOn: Day, use: Button): Reply {
  return {
    text: rich`Somebody of this name was erased on ${day(erasedOn)}. Is this the same person? Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [use, { ...cancelButton, label: 'No' }] }],
  };
}

/**
 * Offers to merge a partner with another one of nearly the same name, to those who may.
 * @returns the button; undefined if no other one is like it, or somebody may not merge the two.
 */
export function mergeOffer(
  { id, name }: { id: string; name: string },
  viewer: Viewer,
  { activePartners }: Pick<Directory, 'activePartners'>,
): { alike: PartnerName; button: Button } | undefined {
  if (!may(viewer.role, 'keep the register')) return undefined;
  const alike = findAlike(name, activePartners, id);
  if (!alike || [id, alike.id].some((one) => isTiedTo(viewer, one))) return undefined;
  return { alike, button: mergeButton('Merge them…', { id }, alike) };
}
