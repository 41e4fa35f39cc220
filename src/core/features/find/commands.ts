import { counted, quoteShort, trimEnd } from '../../base/text.ts';
import { defineCommand } from '../../command/command.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { retentionScheduleId, retentionSchedules } from '../../domain/retention/schedule.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';
import { nameTokens } from '../../names/name-words.ts';
import { searchNames } from '../../names/search.ts';
import type { Store } from '../../ports/store.ts';
import { hitRow, partnerFound } from './cards.ts';
import { type HitPage, readHits } from './read-hits.ts';
import { readSoughtWords, type SoughtWord } from './sought-words.ts';

/** How many partners are shown before the notes. */
const MAX_PARTNERS_SHOWN = 3;

/** How people ask for something that was said. */
const aboutWords = [
  'search …',
  'search for …',
  'look for …',
  'find notes about …',
  'find notes on …',
  'find the note about …',
  'find anything about …',
  'when did we talk about …',
  'when did we last talk about …',
  'when did we speak about …',
  'when did we discuss …',
  'when did we mention …',
  'did we talk about …',
  'did we ever talk about …',
  'did anyone mention …',
  'did anybody mention …',
  'did anyone say anything about …',
  'did anybody say anything about …',
  'has anyone said anything about …',
  'look for the note about …',
  'look for notes about …',
  'has anyone mentioned …',
  'who mentioned …',
  'who talked about …',
  'what did we say about …',
  'what did they say about …',
  'what was said about …',
  'where is the note about …',
  'notes about …',
  'notes on …',
];

/** Finds words in notes, promises and names of partners. */
const find = defineCommand({
  name: 'find',
  title: 'Find words',
  submit: 'Find',
  summary: 'Find words in notes, promises and names of partners',
  phrases: aboutWords,
  examples: ['find lease', 'find garden plan', 'when did we talk about the lease?'],
  args: {
    words: {
      kind: 'text',
      needed: true,
      max: 120,
      summary: 'One word or several. All of them have to be there',
      ask: 'What are you looking for?',
    },
    before: {
      kind: 'text',
      max: 80,
      summary: 'Only what came before. The button fills this in',
      fromButton: true,
    },
  },
  words: ['words'],
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member }, { store, directory, partnership }): Promise<Reply> {
    const words = readSoughtWords(args.words, directory);
    if (words.length === 0) return { text: nothingToFind(args.words) };
    const viewer = viewerOf(member, directory);
    const page = await readHits(words, args.before, viewer, store);
    const view = { viewer, directory, words, zone: partnership.zone };
    const { activePartners, archivedPartners } = directory;
    const named =
      args.before === undefined
        ? partnersNamed(words, [...activePartners, ...archivedPartners])
        : [];
    const rows = [
      ...named.slice(0, MAX_PARTNERS_SHOWN).map(partnerFound),
      ...page.hits.map((hit) => hitRow(hit, view)),
    ];
    const sought = quoteShort(trimEnd(args.words, '?!., '));
    const notes = await notesOn(page, store);
    if (rows.length > 0 || page.next !== undefined) {
      return {
        text: titleOf(sought, args.before !== undefined, page),
        card: [
          ...rows,
          ...morePartners(named.length - MAX_PARTNERS_SHOWN, args.words),
          ...notes,
          ...moreButton(args.words, page),
        ],
      };
    }
    if (args.before !== undefined) return { text: rich`That was all with "${sought}".` };
    const alike = searchNames(args.words, directory.activePartners, MAX_PARTNERS_SHOWN).best;
    return {
      text: rich`I can't find "${sought}" in any note, promise or partner's name that you can see. ${alike.length > 0 ? 'Did you mean one of these?' : 'Try fewer words, or only the start of one.'}`,
      card: [...alike.map(partnerFound), ...notes],
    };
  },
});

/** Says why nothing can be looked for. */
function nothingToFind(words: string): RichText {
  const example = commandText('find', 'lease');
  return nameTokens(words).some((token) => token.length > 1)
    ? rich`"${quoteShort(words)}" is in nearly every note. Try a word that stands out, such as ${example}.`
    : rich`I look for numbers, and for words of two letters or more. Try ${example}.`;
}

function partnersNamed<T extends { id: string }>(
  words: readonly SoughtWord[],
  partners: readonly T[],
): T[] {
  const isNamed = ({ id }: T) => words.every((word) => word.partners.has(id));
  return words.some((word) => word.partners.size === 0) ? [] : partners.filter(isNamed);
}

function titleOf(sought: string, isLater: boolean, { hits }: HitPage): RichText {
  if (hits.length === 0) return rich`With ${bold(sought)}:`;
  return isLater ? rich`Earlier, with ${bold(sought)}:` : rich`With ${bold(sought)}, newest first:`;
}

function morePartners(count: number, words: string): Block[] {
  if (count <= 0) return [];
  const see: Button = { label: 'See the partners', command: 'partner find', args: { text: words } };
  const text = rich`${counted(count, 'more partner has', 'more partners have')} that in the name.`;
  return [{ kind: 'row', text, buttons: [see] }];
}

/** What the reader should know about a page: what it leaves out. */
async function notesOn({ lookedBackTo, tooShort }: HitPage, store: Store): Promise<Block[]> {
  const notes: RichText[] = [];
  if (lookedBackTo !== undefined)
    notes.push(rich`I've looked back to ${day(lookedBackTo)}. There may be more before that.`);
  if (tooShort !== undefined)
    notes.push(
      rich`A lot of words begin with "${tooShort}". A few more letters would find the rest.`,
    );
  const schedule = await store.of(retentionSchedules).get(retentionScheduleId(store.partnership));
  if (schedule && !schedule.searchable)
    notes.push(
      rich`I've just learned to search. Notes from before that can be found from tomorrow.`,
    );
  return notes.map((text) => ({ kind: 'note', text }));
}

function moreButton(words: string, { next, lookedBackTo }: HitPage): Block[] {
  if (next === undefined) return [];
  const label = lookedBackTo === undefined ? 'More' : 'Look further back';
  return [
    { kind: 'buttons', buttons: [{ label, command: 'find', args: { words, before: next } }] },
  ];
}

export const findCommands = [find];
