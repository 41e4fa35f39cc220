import type { Directory, PersonName } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import { currentPositions } from '../domain/people/person.ts';
import type { Invocation } from '../message/invocation.ts';
import { likelyItem, matchWhole } from '../names/match.ts';
import { peopleNamed } from '../parsing/resolve-person.ts';

interface PersonLineContext {
  directory: Directory;
  member: Member;
}

type Means = Pick<Invocation, 'command' | 'args'>;

/** "Jane has left the council", "Jane Doe retired". */
const LEFT =
  /^(.{1,80}?)(?:\s+(?:has|have)|['’]s)?\s+(?:just\s+)?(?:left|retired|moved on|resigned)(?:\s+from)?(?:\s+(\S.*?))?[\s.!]*$/i;
/** "Jane Doe has moved to the Shores Centre", "Jane is at Oakfield School now". */
const MOVED =
  /^(.{1,80}?)(?:(?:\s+(?:has|have)|['’]s)?\s+(?:just\s+)?(?:moved|transferred|gone)\s+to|(?:\s+is|['’]s)\s+(?:now\s+at|now\s+with|at(?=.*\snow[\s.!]*$)))\s+(\S.*?)(?:\s+now)?[\s.!]*$/i;
/** "Who is Jane Doe?", or the name alone. */
const WHO = /^(?:(?:who(?:\s+is|['’]s)|show(?:\s+me)?|tell me about)\s+)?(\S.{0,80}?)[\s?!.]*$/i;

/** What a line says of somebody at a partner who is kept: that they have left, or are at another partner now. */
export function readPersonNews(line: string, context: PersonLineContext): Means | undefined {
  const [, leaver = '', place] = LEFT.exec(line) ?? [];
  const left = currentPeople(leaver, context);
  const where = place === undefined ? undefined : theirPartner(place, left, context);
  if (left.length > 0 && (place === undefined || where !== undefined))
    return {
      command: 'person left',
      args: { who: reference(left, leaver), ...(where && { at: `#${where}` }) },
    };
  const [, mover = '', to = ''] = MOVED.exec(line) ?? [];
  const moved = currentPeople(mover, context);
  const isPartner = matchWhole(to, context.directory.activePartners).kind !== 'none';
  return moved.length > 0 && isPartner
    ? { command: 'person move', args: { who: reference(moved, mover), to } }
    : undefined;
}

/** A line that is the name of somebody who is kept, or asks who they are. */
export function readPersonQuestion(line: string, context: PersonLineContext): Means | undefined {
  const name = WHO.exec(line)?.[1] ?? '';
  const found = isMember(name, context) ? [] : peopleNamed(name, context);
  return found.length > 0
    ? { command: 'person show', args: { who: reference(found, name) } }
    : undefined;
}

/** One of several is asked about by the command, which keeps the words. */
const reference = ([only, ...others]: readonly PersonName[], typed: string): string =>
  only && others.length === 0 ? `#${only.id}` : typed;

/** A line about a member is not about somebody at a partner. */
const isMember = (name: string, { directory }: PersonLineContext): boolean =>
  matchWhole(name, directory.activeMembers, 'people').kind !== 'none';

function currentPeople(name: string, context: PersonLineContext): PersonName[] {
  if (name === '' || isMember(name, context)) return [];
  return peopleNamed(name, context).filter((person) => currentPositions(person).length > 0);
}

/** The partner that words name, if one of these people is there: "the council" is theirs. */
function theirPartner(
  words: string,
  people: readonly PersonName[],
  { directory }: PersonLineContext,
): string | undefined {
  const places = people
    .flatMap(currentPositions)
    .flatMap(({ partner }) => directory.partner(partner) ?? []);
  // As people are matched, since a part of the name is enough among so few.
  const name = words.replace(/^the\s+/i, '');
  return likelyItem(matchWhole(name, [...new Set(places)], 'people'))?.id;
}
