import type { Day } from '../../day.ts';
import type { Directory } from '../../directory.ts';
import { durationText } from '../../duration.ts';
import type { Block, Button, Reply } from '../../reply.ts';
import { bold, day, type RichText, rich } from '../../rich-text.ts';
import { undoButton } from '../interactions/cards.ts';
import type { Partnership } from '../settings/store.ts';
import { everyOf, isQuiet } from './rules.ts';
import type { Partner } from './store.ts';

/** What is known of a partner, in one line: level, sector, kinds, stage, lead, rhythm. */
export function factsText(
  partner: Omit<Partner, 'version'>,
  names: Directory,
  partnership: Partnership,
): RichText {
  const lead = partner.lead ? names.member(partner.lead)?.name : undefined;
  const facts = [
    partner.level,
    partner.sector,
    partner.kinds.join(', '),
    partner.archived ? 'archived' : partner.stage,
    lead ? `${lead} leads` : 'nobody leads',
    `in touch every ${durationText(everyOf(partner, partnership))}`,
  ];
  return rich`${facts.filter((fact) => fact !== null && fact !== '').join(' · ')}`;
}

/** When a partner goes quiet, since when it has been, or why nobody can tell. */
export function quietText(
  partner: Pick<Partner, 'quietOn' | 'lastTwoWay' | 'stage' | 'archived'>,
  today: Day,
): RichText {
  if (partner.archived) return rich`Archived: nobody expects contact.`;
  if (partner.lastTwoWay === null)
    return rich`Nobody has noted a contact yet, so I can't tell whether it is quiet.`;
  if (partner.quietOn === null) {
    const resting = partner.stage === 'ended' ? 'The relationship has ended' : 'It is resting';
    return rich`${resting}: nobody expects contact. Last spoken on ${day(partner.lastTwoWay)}.`;
  }
  return isQuiet(partner, today)
    ? rich`Quiet since ${day(partner.quietOn)}: last spoken on ${day(partner.lastTwoWay)}.`
    : rich`Goes quiet on ${day(partner.quietOn)}, unless somebody is in touch.`;
}

/** What can be done with a partner that stands in the register. */
export function partnerButtons(partner: { id: string }): Button[] {
  const which = `#${partner.id}`;
  return [
    { label: 'Log', command: 'log', args: { with: which, form: 'yes' }, style: 'primary' },
    { label: 'Add a follow-up', command: 'followup add', args: { with: which, form: 'yes' } },
    editButton(partner),
  ];
}

/** Opens the form of a partner's details. */
export function editButton(partner: { id: string }): Button {
  return { label: 'Edit', command: 'partner edit', args: { with: `#${partner.id}`, form: 'yes' } };
}

/** Shows a partner; brings an archived one back. */
export function showButton(partner: { id: string; archived: boolean }): Button {
  const which = `#${partner.id}`;
  return partner.archived
    ? { label: 'Bring it back', command: 'partner restore', args: { name: which } }
    : { label: 'Show', command: 'partner show', args: { with: which } };
}

/** What a command did to a partner, with a way to take it back. */
export function changedReply(
  sentence: RichText,
  receipt: string,
  buttons: readonly Button[] = [],
): Reply {
  return {
    text: sentence,
    card: [{ kind: 'buttons', buttons: [...buttons, undoButton(receipt)] }],
  };
}

/** The partner in a list: its name, what is known, and Show. */
export function partnerRow(
  partner: Partner,
  names: Directory,
  partnership: Partnership,
  today: Day,
): Block {
  const quiet = isQuiet(partner, today) && rich` · quiet since ${day(partner.quietOn as Day)}`;
  return {
    kind: 'row',
    text: rich`${bold(partner.name)} · ${factsText(partner, names, partnership)}${quiet}`,
    buttons: [showButton(partner)],
  };
}

/** Says that a name is taken, shows by whom, and keeps what was typed. */
export function takenReply(
  name: string,
  standing: Partner,
  facts: RichText,
  another: Button,
): Reply {
  const as = standing.aliases.length > 0 && rich` (also ${standing.aliases.join(', ')})`;
  const where = standing.archived ? 'in the archive' : 'here';
  return {
    text: rich`${bold(name)} is ${where} already: ${bold(standing.name)}${as}. ${facts}. Nothing has changed.`,
    card: [{ kind: 'buttons', buttons: [showButton(standing), another] }],
  };
}
