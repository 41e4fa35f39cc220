import { isAtPartner } from '../../cards/people-there.ts';
import { defineCommand } from '../../command/command.ts';
import { peopleSeenBy } from '../../domain/directory/people-seen.ts';
import { currentPositions } from '../../domain/people/person.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { searchNames } from '../../names/search.ts';
import { personRow } from './cards.ts';

/** How many people one page shows. */
const PAGE_SIZE = 10;

/** Finds people at partners by part of a name, also if it is misspelt, or all who are at one partner. */
export const findPeople = defineCommand({
  name: 'person find',
  title: 'Find a person',
  summary: 'Find somebody at a partner, by part of their name or by the partner',
  examples: ['person find jane', 'person find at:"riverside council"'],
  args: {
    text: { kind: 'text', max: 120, summary: 'Part of a name', ask: 'Who are you looking for?' },
    at: { kind: 'partner', joins: ['at'], summary: 'Only those at this partner', ask: 'Where?' },
    page: { kind: 'number', min: 1, max: 1000, summary: 'Which page', fromButton: true },
  },
  words: ['text'],
  audience: 'actor',
  guard: 'see the register',
  submit: 'Find',
  async run({ args, member }, { directory }): Promise<Reply> {
    const { text = '', at, page = 1 } = args;
    const seen = peopleSeenBy(member, directory);
    const there = at && new Set(directory.peopleAt(at.id));
    const all = there ? seen.filter((person) => there.has(person)) : seen;
    const limit = page * PAGE_SIZE;
    const found =
      text === ''
        ? { best: all.slice(0, limit), count: all.length }
        : searchNames(text, all, limit);
    const shown = found.best.slice(limit - PAGE_SIZE);
    if (shown.length === 0) return nobody(text, at);
    const isHere = (person: (typeof shown)[number]) =>
      at ? isAtPartner(at.id, person, directory) : currentPositions(person).length > 0;
    const more = {
      label: 'More',
      command: 'person find',
      args: { text, ...(at && { at: `#${at.id}` }), page: `${page + 1}` },
    };
    const last: Block[] = found.count > limit ? [{ kind: 'buttons', buttons: [more] }] : [];
    const rows = shown.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)));
    return {
      text: at
        ? rich`People at ${bold(at.name)}:`
        : rich`I found ${found.count === 1 ? 'this one' : 'these'}:`,
      card: [...rows.map((person) => personRow(person, { directory })), ...last],
    };
  },
});

function nobody(text: string, at: { id: string; name: string } | undefined): Reply {
  const args = {
    ...(text !== '' && { name: text }),
    ...(at && { at: `#${at.id}` }),
    [FORM]: 'yes',
  };
  const where = at && rich` at ${bold(at.name)}`;
  const who = text === '' ? 'anybody' : `a person called "${text}"`;
  return {
    text: rich`I don't have ${who}${where}.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Keep somebody', command: 'person add', args }] }],
  };
}
