import { capitalize, listText, quoteShort } from '../base/text.ts';
import type { Command } from '../command/command.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import { FORM, ONCE, type RawArgs } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';
import { type Question, questionWith } from '../message/user-error.ts';
import { isOrganisationWord } from '../names/everyday-words.ts';
import { guessName, titleCase } from '../names/guess-name.ts';
import { matchWhole } from '../names/match.ts';
import { hasInitials } from '../names/name-index.ts';
import { nameKey, nameTokens } from '../names/name-words.ts';
import { looksLikePerson } from '../names/private-person.ts';
import type { JointPartners } from './joint-partners.ts';
import { assignWords, type UnresolvedPartner } from './parse-words.ts';
import { partnerInWords } from './partner-in-words.ts';
import type { ParseContext } from './split-value.ts';

/** The command that a question interrupts. */
export interface AskContext {
  command: Command;
  /** All args but the one in question, as they were typed. */
  args: RawArgs;
  /** The key of the invocation: the buttons share it. */
  key: string;
}

/** Asks which partner was meant. Each button goes on with the command and keeps everything that was typed. */
export function askWhichPartner(
  unresolved: UnresolvedPartner,
  asking: AskContext,
  context: ParseContext,
): Question {
  const { match, typed, rest, words } = unresolved;
  const { command, key } = asking;
  const withPartner = (label: string, partner: string, wordsAfter: string, more?: RawArgs) => ({
    label,
    command: command.name,
    args: {
      ...argsWith(partner, wordsAfter, unresolved, asking, context),
      ...more,
      [ONCE]: key,
    },
  });
  const another = (name: string, wordsAfter: string) =>
    withPartner('Another', name, wordsAfter, { [FORM]: 'yes' });
  const pick =
    (wordsAfter: string) =>
    ({ id, name }: PartnerName) =>
      withPartner(name, `#${id}`, wordsAfter);
  if (unresolved.joint) return askOneOfJoint(unresolved.joint);
  const arg = command.args[unresolved.arg];
  const mayAdd = arg?.kind === 'partner' && arg.add === true;

  if (match.kind === 'several') {
    const fresh = newName(unresolved, context);
    const add = mayAdd && fresh ? [addButton(fresh.name, fresh.rest)] : [];
    return questionWith(severalText(unresolved, mayAdd ? fresh?.name : undefined), [
      ...match.items.map(pick(rest)),
      another(typed, rest),
      ...add,
    ]);
  }
  if (looksLikePerson(typed)) return questionWith(personText(typed), aboutPerson());
  // A name in free words is only a guess, so the form opens with all the words and an empty box for the name.
  const name = words === '' ? typed : '';
  const near = nearItems();
  // "The school" is one that is known, if one is.
  const canAdd = mayAdd && typed !== '' && !(near.length > 0 && isGeneric(typed));
  return questionWith(unknownText(typed, canAdd, near.length > 0), [
    ...(canAdd ? [addButton(typed, rest)] : []),
    ...near.map(pick(words)),
    another(name, words),
  ]);

  function addButton(newPartner: string, wordsAfter: string): Button {
    return withPartner(`Add ${quoteShort(newPartner)}`, `+${newPartner}`, wordsAfter);
  }

  /** Partners with a name like that, else the one that is named further on: "the mayor of Riverside Council". */
  function nearItems(): readonly PartnerName[] {
    const like = match.kind === 'none' ? match.near : [];
    const within = like.length === 0 && partnerInWords(words || typed, context.directory);
    return within ? [within] : like;
  }

  function askOneOfJoint({ items, unsure }: JointPartners): Question {
    const isInWords = command.words?.includes(unresolved.arg) === true;
    const withOthers = ({ id }: PartnerName) => {
      const isUnsure = unsure?.items.some((one) => one.id === id);
      const others = [
        ...items.filter((one) => one.id !== id).map(({ name }) => name),
        ...(unsure && !isUnsure ? [unsure.typed] : []),
      ];
      return `with ${listText(others, 'and')}`;
    };
    const pickOne = (item: PartnerName): Button => {
      const others = withOthers(item);
      if (isInWords) return pick(`${others}${rest && `: ${rest.replace(/^[\s,:]+/, '')}`}`)(item);
      const [text = ''] = command.words ?? [];
      const said = asking.args[text];
      return withPartner(
        item.name,
        `#${item.id}`,
        '',
        said ? { [text]: `${said}, ${others}` } : {},
      );
    };
    const names = listText(
      items.map(({ name }) => name),
      'and',
    );
    const perhaps =
      unsure &&
      `, and perhaps ${listText(
        unsure.items.map(({ name }) => name),
        'or',
      )}`;
    return questionWith(
      rich`That names ${names}${perhaps}. For now I can take one at a time. Which one? I've kept your words.`,
      [...items, ...(unsure?.items ?? [])].map(pickOne),
    );
  }

  function aboutPerson(): Button[] {
    const { [unresolved.arg]: _, ...others } = asking.args;
    const title = others.next ?? (words === '' ? typed : words);
    const reminder = { command: 'followup add', args: { ...others, next: title, [ONCE]: key } };
    const near = nearItems();
    const from = near.length > 0 ? near : partnersAfterFrom(words || typed, context.directory);
    return [
      ...from.map(pick(words)),
      { label: 'Just a reminder for me', ...reminder },
      { ...another('', words === '' ? typed : words), label: 'Choose a group' },
    ];
  }
}

/** The partners that may be meant in "Jane from the council": part of a name is enough. */
function partnersAfterFrom(
  text: string,
  { activePartners }: ParseContext['directory'],
): readonly PartnerName[] {
  const [, name = ''] = /\b(?:from|at|of)\s+((?:the\s+)?[^\s,.;:]+)/i.exec(text) ?? [];
  const match = matchWhole(name, activePartners);
  if (match.kind === 'one') return [match.item];
  return (match.kind === 'several' ? match.items : match.near).slice(0, MAX_FROM_SHOWN);
}

/** How many of them are offered. */
const MAX_FROM_SHOWN = 3;

/** Whether words only say what sort of organisation it is. */
const isGeneric = (name: string): boolean =>
  nameTokens(name).every((word) => word === 'the' || isOrganisationWord(word));

function personText(name: string): RichText {
  return rich`I keep organisations, not neighbours. Which group is ${bold(quoteShort(name))} with? I've kept your words.`;
}

/** The name of a partner that nobody knows yet, if what was typed may be one: `Age UK Hull`. */
function newName(
  { match, typed, rest, words }: UnresolvedPartner,
  { directory }: ParseContext,
): { name: string; rest: string } | undefined {
  const guess = words === '' ? undefined : guessName(words);
  const isInitials =
    match.kind === 'several' && match.items.some((item) => hasInitials(item, typed));
  if (isInitials) return { name: typed.toUpperCase(), rest };
  const fresh =
    guess && guess.name.length >= typed.length ? guess : { name: titleCase(typed), rest };
  const isKnown = directory.partners.some(({ name, aliases }) =>
    [name, ...aliases].some((known) => nameKey(known) === nameKey(fresh.name)),
  );
  return isKnown || match.kind === 'none' || looksLikePerson(fresh.name) ? undefined : fresh;
}

function severalText({ match, typed }: UnresolvedPartner, fresh: string | undefined): RichText {
  const [only, ...others] = match.kind === 'several' ? match.items : [];
  if (!only || others.length > 0)
    return rich`Which ${bold(capitalize(quoteShort(typed)))} did you mean? I've kept your words.`;
  const unknown = fresh && rich` I don't know ${bold(quoteShort(fresh))} yet.`;
  return rich`Is that ${bold(only.name)}?${unknown} I've kept your words.`;
}

function unknownText(typed: string, canAdd: boolean, hasNear: boolean): RichText {
  const unknown =
    typed === ''
      ? rich`I can't tell which partner that is.`
      : rich`I don't know ${bold(quoteShort(typed))}${canAdd && ' yet'}.`;
  if (canAdd && hasNear)
    return rich`${unknown} Shall I add it, or did you mean one of these? I've kept your words.`;
  if (canAdd) return rich`${unknown} Shall I add it? I've kept your words.`;
  if (hasNear) return rich`${unknown} Did you mean one of these? I've kept your words.`;
  return rich`${unknown} Say it another way, and I'll look again. I've kept your words.`;
}

/** The args of a button: the partner, and the words after its name in the args that follow it. */
function argsWith(
  partner: string,
  wordsAfter: string,
  { arg }: UnresolvedPartner,
  { command, args }: AskContext,
  context: ParseContext,
): RawArgs {
  const { [arg]: _, ...others } = args;
  const known = partner === '' ? others : { ...others, [arg]: partner };
  if (wordsAfter === '') return known;
  const following = command.words?.slice((command.words?.indexOf(arg) ?? -1) + 1) ?? [];
  return assignWords({ ...command, words: following }, wordsAfter, known, context).args;
}
