import { quoteShort } from '../base/text.ts';
import type { Command } from '../command/command.ts';
import { PLAIN, WORDS } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { bold, rich } from '../message/rich-text.ts';
import { type Question, questionWith, type UserError } from '../message/user-error.ts';
import { titleCase } from '../names/guess-name.ts';
import { nearest } from '../names/nearest.ts';
import type { AskContext } from './ask-partner.ts';
import { findUnknownDetails, textNames, type UnknownDetail } from './segments.ts';

/** What other programs call the args. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  lead: 'steward owner manager responsible champion keeper leader led',
  every: 'cadence frequency rhythm interval often',
  level: 'scale reach',
  sector: 'type category industry field',
  kinds: 'kind relationship relation',
  aliases: 'aka alias also acronym',
  by: 'deadline until before duedate',
  who: 'owner assignee assigned',
  when: 'date day',
  how: 'method via channel',
  next: 'todo action promise task',
  with: 'partner organisation org',
  repeat: 'recurring',
};

/** How much of a name may be mistyped, and in a long text, where other words have a colon too. */
const MAX_TYPO_SHARE = 0.34;
const MAX_TYPO_SHARE_IN_TEXT = 0.25;
/** The nearest name of a shorter one is a guess. */
const MIN_TYPO_LENGTH = 3;

/**
 * Asks about `steward:@tom`, which is no arg of the command, so that it does not get into a name or a title unseen. In a
 * long text, only if it is nearly the name of an arg.
 * @param words the typed words.
 * @throws Question whose buttons keep the words.
 */
export function askAboutUnknownDetail(words: string, asking: AskContext): void {
  const { command, args: given } = asking;
  const target = freeTextArg(command);
  if (!command.writes || !target) return;
  const asked = findUnknownDetails(command.args, words, textNames(words, given))
    .map((detail) => ({ detail, close: knownName(detail.name, command, target.isLong) }))
    .find(({ detail, close }) => isDetail(detail, close, target.isLong));
  if (!asked) return;
  const { detail, close } = asked;
  const { before, after } = around(words, detail);
  const corrected = `${before}${close}:${words.slice(detail.valueStart)}`;
  const use: Button[] = close ? [again(labelOf(close, detail, command), corrected)] : [];
  const question = close ? rich`Did you mean ${bold(`${close}:`)}?` : 'Shall I leave it out?';
  const text = rich`I don't know ${bold(`${detail.name}:`)}. ${question} I've kept your words.`;
  throw questionWith(text, [
    ...use,
    again('Leave it out', `${before.trimEnd()} ${after.trimStart()}`.trim()),
    again(`It's part of the ${target.called}`, words, detail.name),
  ]);

  function again(label: string, typed: string, plain?: string): Button {
    return retry(label, typed, plain, asking);
  }
}

/** Whether a name before a colon is to be asked about: "Sue: ask about keys" is not. */
function isDetail(detail: UnknownDetail, close: string | undefined, isLong: boolean): boolean {
  const isDirect = detail.valueStart === detail.start + detail.name.length + 1;
  return isDirect ? close !== undefined || !isLong : close !== undefined && !isLong;
}

/** `lead: Tom`, or only the name where the platform's way to write a person would show. */
function labelOf(close: string, { value }: UnknownDetail, { args }: Command): string {
  if (value.startsWith('<')) return `Use ${close}:`;
  const shown = value.replace(/^@/, '');
  return `${close}: ${quoteShort(args[close]?.kind === 'member' ? titleCase(shown) : shown)}`;
}

/**
 * Asks whether words after a colon are text, if they cannot be read as the value of the arg before it: "how: they want to
 * lead". Only where a space follows the colon: `how:telepathy` is a mistake.
 */
export function askWhetherText(
  error: UserError,
  words: string,
  asking: AskContext,
): Question | undefined {
  const { command } = asking;
  if (/^(?:partner|member)$/.test(command.args[error.arg ?? '']?.kind ?? '')) return undefined;
  const target = freeTextArg(command);
  const names = [error.arg ?? '', ...(command.args[error.arg ?? '']?.aliases ?? [])];
  const name = names.find((one) => new RegExp(`(?:^|\\s)${one}:\\s`, 'i').test(words));
  if (!target || !name || error.arg === undefined) return undefined;
  const part = `It's part of the ${target.called}`;
  return questionWith(rich`${error.text} I've kept your words.`, [
    retry(part, words, name.toLowerCase(), asking),
  ]);
}

/** The same command with other words, or with a name in them that is text. */
function retry(
  label: string,
  words: string,
  plain: string | undefined,
  { command, args: given }: AskContext,
): Button {
  const names = [given[PLAIN], plain].filter((name) => name !== undefined).join(',');
  const args = { ...given, [WORDS]: words, ...(names === '' ? {} : { [PLAIN]: names }) };
  return { label, command: command.name, args };
}

/** The arg that takes the free words, and what people call it. */
function freeTextArg({
  words = [],
  args,
}: Command): { called: string; isLong: boolean } | undefined {
  const name = words.findLast((one) => /^(?:text|partner|followup)$/.test(args[one]?.kind ?? ''));
  const arg = args[name ?? ''];
  if (name === undefined || arg === undefined) return undefined;
  const isLong = arg.kind === 'text' && arg.long === true;
  return { called: isLong ? 'note' : name === 'next' ? 'title' : 'name', isLong };
}

/** The name of the arg that was probably meant. */
function knownName(typed: string, { args }: Command, isLong: boolean): string | undefined {
  const names = Object.keys(args);
  const byMeaning = names.find((name) => OTHER_NAMES[name]?.split(' ').includes(typed));
  if (byMeaning || typed.length < MIN_TYPO_LENGTH) return byMeaning;
  return nearest(typed, names, isLong ? MAX_TYPO_SHARE_IN_TEXT : MAX_TYPO_SHARE);
}

const around = (words: string, { start, end }: UnknownDetail) => ({
  before: words.slice(0, start),
  after: words.slice(end),
});
