import type { Deps } from '../command/command.ts';
import type { Followup } from '../domain/followups/followup.ts';
import type { Member } from '../domain/members/member.ts';
import { findOpenFollowups } from '../parsing/resolve-followup.ts';

/** Something that somebody says they did: "I sent the plan", "just rang the hall", "the minutes are sent". */
const DID =
  /^(?:(?:i|we)(?:['’]?ve| have)?\s+)?(?:(?:just|already|now|finally)\s+)*(?:[a-z]+ed|sent|rang|rung|met|wrote|written|got|gave|given|took|taken|did|done|made|paid|bought|brought|spoke|spoken|told|found|put)\s+(?:off |out |up |in |to |with )?(\S.*?)$/i;
const IS_DONE =
  /^(\S.*?)\s+(?:is|are|was|were|has been|have been)\s+(?:(?:just|already|now|finally|all)\s+)?(?:[a-z]+ed|sent|written|done|made|paid|bought|taken)$/i;
const WHEN =
  /(?:[\s,]+(?:today|yesterday|now|already|just now|this (?:morning|afternoon|evening)|last (?:night|week)|on \w+day))+$/i;
/** Words that say nothing about which thing is meant. */
export const SMALL_WORDS =
  /(?<=^|\s)(?:the|a|an|my|our|your|that|this|those|to|it|them|him|her)(?=\s|$)/gi;

/** More than so many are too many to offer. */
const MAX_DONE = 2;

/** The open follow-ups of a member that a line says are done; none if that is not clear. */
export async function doneInWords(
  line: string,
  { member, ...deps }: Pick<Deps, 'store' | 'directory'> & { member: Member },
): Promise<readonly Followup[]> {
  const said = line.replace(/[\s.!]+$/, '').replace(WHEN, '');
  const [, thing = ''] = IS_DONE.exec(said) ?? DID.exec(said) ?? [];
  const words = thing.replace(SMALL_WORDS, ' ').trim();
  if (words === '') return [];
  const found = await findOpenFollowups(words, member, deps);
  const own = found.filter(({ who }) => who === member.id);
  return own.length > MAX_DONE ? [] : own;
}
