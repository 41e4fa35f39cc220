import { distinctButton, mergeButton } from '../../cards/merge-buttons.ts';
import { showOrRestoreButton } from '../../cards/partner-buttons.ts';
import { briefFacts } from '../../cards/partner-facts.ts';
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

/** A partner as a row of a list. */
export function partnerRow(partner: Partner, directory: Directory, today: Day): Block {
  const quiet = isQuiet(partner, today) && rich` · quiet since ${day(partner.quietOn as Day)}`;
  return {
    kind: 'row',
    text: rich`${bold(partner.name)}${briefFacts(partner, directory)}${quiet}`,
    buttons: [showOrRestoreButton(partner)],
  };
}

/** Says that another partner has the name already. @param others what to do instead */
export function takenReply(
  name: string,
  holder: Partner,
  facts: RichText,
  others: readonly Button[],
): Reply {
  const also = holder.aliases.length > 0 && rich` (also ${holder.aliases.join(', ')})`;
  const as = name !== holder.name && rich`, as ${bold(holder.name)}`;
  const where = holder.archived ? 'in the archive' : 'here';
  return {
    text: rich`${bold(name)} is ${where} already${as}${also}: ${facts}. Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [showOrRestoreButton(holder), ...others] }],
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
    card: [{ kind: 'buttons', buttons: [showOrRestoreButton(other), use, cancelButton] }],
  };
}

/** Asks about a name that is probably a partner's, written another way. @param others what to do if it is not */
export function alikeReply(
  alike: { id: string; name: string; archived: boolean },
  others: readonly Button[],
): Reply {
  const where = alike.archived ? 'which is in the archive' : 'which I know';
  return {
    text: rich`Is that ${bold(alike.name)}, ${where}? Nothing has changed.`,
    card: [
      {
        kind: 'buttons',
        buttons: [{ ...showOrRestoreButton(alike), label: 'Yes' }, ...others, cancelButton],
      },
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

/** A partner that may be another one, written another way. */
export interface MergeOffer {
  alike: PartnerName;
  /** Shows what a merge would do; says that they are two. */
  buttons: readonly [merge: Button, distinct: Button];
}

/**
 * Offers to merge a partner with another one of nearly the same name, to those who may.
 * @returns undefined if no other one is like it, or somebody may not merge the two.
 */
export function mergeOffer(
  { id, name, distinctFrom }: Pick<Partner, 'id' | 'name' | 'distinctFrom'>,
  viewer: Viewer,
  { activePartners, partner }: Pick<Directory, 'activePartners' | 'partner'>,
): MergeOffer | undefined {
  const distinct = (distinctFrom ?? []).map((other) => partner(other)?.id ?? other);
  const alike = findAlike(name, activePartners, [id, ...distinct]);
  if (!alike || !mayMerge(viewer, [id, alike.id])) return undefined;
  return {
    alike,
    buttons: [mergeButton('Merge them…', { id }, alike), distinctButton({ id }, alike)],
  };
}

/** Whether somebody may merge partners. Whoever belongs to one of them may not. */
export const mayMerge = (viewer: Viewer, ids: readonly string[]): boolean =>
  may(viewer.role, 'keep the register') && !ids.some((id) => isTiedTo(viewer, id));
