import type { Day } from '../dates/day.ts';
import { everyText } from '../dates/duration.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Partner } from '../domain/partners/partner.ts';
import { everyOf, isQuiet } from '../domain/partners/rules.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { day, type RichText, rich } from '../message/rich-text.ts';

/** The facts about a partner in one line: level, sector, kinds, stage, lead, and how often to be in touch. */
export function factsText(
  partner: Omit<Partner, 'version'>,
  directory: Directory,
  partnership: Partnership,
): RichText {
  const lead = partner.lead ? directory.member(partner.lead)?.name : undefined;
  const asked = directory.member(partner.leadAsked ?? '')?.name;
  const facts = [
    partner.partOf && `part of ${directory.partner(partner.partOf)?.name ?? 'another partner'}`,
    partner.level,
    partner.sector,
    partner.kinds.join(', '),
    partner.archived ? 'archived' : partner.stage,
    `${lead ? `${lead} leads` : 'nobody leads'}${asked ? `, ${asked} was asked to` : ''}`,
    `in touch ${everyText(everyOf(partner, partnership))}`,
  ];
  return rich`${facts.filter((fact) => fact).join(' · ')}`;
}

/** The facts that tell partners in a list apart, without those that most partners share. */
export function briefFacts(partner: Partner, directory: Directory): string {
  const { level, sector, kinds, stage, every, archived } = partner;
  const lead = directory.member(partner.lead ?? '')?.name;
  const facts = [
    level,
    sector,
    kinds.join(', '),
    stage === 'new' || archived ? null : stage,
    lead && `${lead} leads`,
    every && everyText(every),
    archived && 'archived',
  ];
  return facts
    .filter((fact) => fact)
    .map((fact) => ` · ${fact}`)
    .join('');
}

/** When a partner goes quiet, since when it is quiet, or why that is not known. */
export function quietText(
  partner: Pick<Partner, 'quietOn' | 'lastContact' | 'lastTwoWay' | 'stage' | 'archived'>,
  today: Day,
): RichText {
  if (partner.archived) return rich`Archived: nobody expects contact.`;
  if (partner.lastTwoWay === null) {
    const known =
      partner.lastContact === null ? 'Nobody has noted a contact' : 'Nobody has reached them';
    return rich`${known} yet, so I can't tell whether it is quiet.`;
  }
  if (partner.quietOn === null) {
    const resting = partner.stage === 'ended' ? 'The relationship has ended' : 'It is resting';
    return rich`${resting}: nobody expects contact. Last spoken with on ${day(partner.lastTwoWay)}.`;
  }
  return isQuiet(partner, today)
    ? rich`Quiet since ${day(partner.quietOn)}: last spoken with on ${day(partner.lastTwoWay)}.`
    : rich`Last spoken with on ${day(partner.lastTwoWay)}. Goes quiet on ${day(partner.quietOn)} unless somebody is in touch.`;
}
