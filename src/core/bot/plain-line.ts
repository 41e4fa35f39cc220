import { cleanText, quoteShort } from '../base/text.ts';
import { storyButton } from '../cards/partner-buttons.ts';
import type { MemberRef } from '../command/args.ts';
import type { Command, Commands } from '../command/command.ts';
import type { Directory, PartnerName } from '../domain/directory/directory.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { may } from '../domain/members/rights.ts';
import { type Invocation, type RawArgs, WORDS } from '../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../message/reply.ts';
import { bold, commandText, rich } from '../message/rich-text.ts';
import { isFirstName, startsClause } from '../names/everyday-words.ts';
import { likelyItem, matchStart, matchWhole } from '../names/match.ts';
import { nearest } from '../names/nearest.ts';
import { namesConcern } from '../parsing/concern-words.ts';
import { nearestByMeaning } from '../parsing/nearest-by-meaning.ts';
import { partnerInWords } from '../parsing/partner-in-words.ts';
import { declaredPhrases, matchPartnerPhrase } from '../parsing/phrases.ts';
import { askWhichAsked, partnersAskedAbout, toDoButton } from './asked-partner.ts';
import { askWhetherToPause } from './leave-in-words.ts';
import { type MeetingLineContext, readMeeting } from './meeting-in-words.ts';
import { readPersonNews, readPersonQuestion } from './person-in-words.ts';

/** From this many words on, a line that is no command may be something to keep. */
const MIN_WORDS_TO_KEEP = 3;

/** Who typed a line that is no command, and what is known of them. */
interface PlainLineContext extends MeetingLineContext {
  invocation: Invocation;
  commands: Commands;
  /** What of theirs the line may say is done. */
  done: readonly Followup[];
}

/** A line that names no command: either what it means, or what to answer. */
export type PlainLine =
  | { means: Pick<Invocation, 'command' | 'args'> }
  /** `isUnclear`: nothing in it says that it is for the bot. */
  | { reply: Reply; isUnclear?: true };

/** The line as it was typed, of an invocation that names no known command. */
export function typedLine({ command, args }: Pick<Invocation, 'command' | 'args'>): string {
  return cleanText(`${command} ${args[WORDS] ?? ''}`).trim();
}

/**
 * Understands a line that names no command: the name of a partner, something that happened with one, something to do.
 * What could mean several things is asked, with the words kept.
 */
export function readPlainLine(context: PlainLineContext): PlainLine {
  const { invocation, commands, directory, member } = context;
  const line = typedLine(invocation);
  if (namesConcern(line)) return { means: { command: 'concern', args: {} } };
  const away = askWhetherToPause(line);
  if (away) return { reply: away };
  const mayNote = may(member.role, 'note things');
  const news = mayNote ? readPersonNews(line, context) : undefined;
  if (news) return { means: news };
  const meeting = mayNote ? readMeeting(line, context) : undefined;
  if (meeting) return meeting;
  const named = matchWhole(line.replace(/[?!.]+$/, ''), directory.activePartners);
  const only = likelyItem(named);
  if (only) return { means: { command: 'partner show', args: { with: `#${only.id}` } } };
  if (named.kind === 'several') return { reply: askWhichStory(named.items, line) };
  const findPartner = (words: string) => likelyItem(matchWhole(words, directory.activePartners));
  const about =
    matchPartnerPhrase(line, commands, findPartner) ?? readPersonQuestion(line, context);
  if (about) return { means: about };
  const start = matchStart(line, directory.activePartners);
  const atStart = start.kind !== 'none' && start.rest !== '' ? likelyItem(start) : undefined;
  if (YES_OR_NO.test(line)) return unclear(unclearAnswer);
  const { [WORDS]: words = '' } = invocation.args;
  const close = closest(line, context);
  if (close?.isSlip && !atStart) return { reply: didYouMean(line, words, close, context) };
  const partner = atStart ?? partnerInWords(line, directory);
  if (partner && QUESTION.test(line))
    return { means: { command: 'partner show', args: { with: `#${partner.id}` } } };
  if (partner && mayNote) {
    const note = atStart && start.kind !== 'none' ? start.rest : line;
    return { reply: askWhatHappened(partner, note, line, context) };
  }
  const unsure = partnersAskedAbout(line, context);
  if (unsure.items.length > 0)
    return { reply: askWhichAsked(unsure, mayNote && !QUESTION.test(line) ? line : undefined) };
  const request = mayNote ? readRequest(line, directory) : undefined;
  if (request) return { reply: askWhetherToAsk(request) };
  const isLong = line.split(/\s+/).length >= MIN_WORDS_TO_KEEP;
  if (close && (!isLong || close.isSlip)) return unclear(didYouMean(line, words, close, context));
  if (isLong && QUESTION.test(line)) return unclear(cannotAnswer(close?.command));
  if (isLong && mayNote) return unclear(askWhatToDo(line, close?.command, context));
  const near = named.kind === 'none' ? named.near : [];
  if (near.length > 0) return { reply: askWhichStory(near, line) };
  return unclear(notUnderstood(line, invocation));
}

const unclear = (reply: Reply): PlainLine => ({ reply, isUnclear: true });

/** How a line begins that asks something. */
const QUESTION =
  /^(?:what|who|whose|when|where|which|why|how|is|are|was|were|do|does|did|has|have|any)\b|\?\s*$/i;

/** Something that a member is to be asked to do: "ask Tom to ring the school". */
interface SpokenRequest {
  person: MemberRef;
  next: string;
}

function readRequest(line: string, directory: Directory): SpokenRequest | undefined {
  const found =
    /^(?:(?:can|could|please) (?:you )?)*(?:ask|tell|get|remind) @?(.{1,60}?) to (.+)$/i.exec(line);
  const [, name = '', next = ''] = found ?? [];
  const match = matchWhole(name, directory.activeMembers, 'people');
  return match.kind === 'one' && next ? { person: match.item, next } : undefined;
}

function askWhetherToAsk({ person, next }: SpokenRequest): Reply {
  const args = { next, who: `#${person.id}` };
  const buttons: Button[] = [
    { label: `Ask ${person.name}`, command: 'followup add', args, style: 'primary' },
    { label: "It's for me", command: 'followup add', args: { next } },
  ];
  return {
    text: rich`Shall I ask ${bold(person.name)}: "${quoteShort(next)}"?`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  };
}

/** The answer to a question that no command answers. */
function cannotAnswer(close: Command | undefined): Reply {
  const nearest = close && isSafeToOffer(close) ? [close.name] : [];
  const buttons: Button[] = [
    ...nearest.map((name): Button => ({ label: name, command: name, args: {} })),
    ...(close?.name === 'today'
      ? []
      : [{ label: "What's mine to do", command: 'today', args: {} }]),
    { label: 'I need a person', command: 'help me', args: {} },
    helpButton,
  ];
  return {
    text: rich`I can't answer that. One of these may help:`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Asks which partner a line is that is only a name. */
function askWhichStory(partners: readonly PartnerName[], line: string): Reply {
  const buttons = partners.map((partner) => storyButton(partner, partner.name));
  return {
    text: rich`Which partner did you mean by "${quoteShort(line)}"?`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  };
}

/** Asks what a line is that begins with a partner's name: "Groundwork rang about the lease". */
function askWhatHappened(
  { id, name }: PartnerName,
  rest: string,
  line: string,
  { done }: PlainLineContext,
): Reply {
  const promised = THEIR_PROMISE.exec(rest)?.[1];
  const theirs = { next: promised ?? '', with: `#${id}`, whose: 'theirs' };
  const buttons: Button[] = [
    { label: 'Note it', command: 'log', args: { with: `#${id}`, note: rest }, style: 'primary' },
    ...(promised ? [{ label: 'They promised it', command: 'followup add', args: theirs }] : []),
    { label: 'Something to do', command: 'followup add', args: { next: line, with: `#${id}` } },
    storyButton({ id }, `What we know of ${name}`),
    ...done.map(doneButton),
  ];
  return {
    text: rich`Did that happen with ${bold(name)}? Or is it something to do? I've kept your words.`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  };
}

/** What a partner has promised, after its name: "promised to send the dates by friday". */
const THEIR_PROMISE =
  /\b(?:promised(?: us)? to|(?:said|promised)(?: that)? (?:they|he|she)(?:['’]d| would| will|['’]ll)) (\S.*)$/i;

/** Asks what to do with a longer line that names no command. */
function askWhatToDo(
  line: string,
  close: Command | undefined,
  { invocation, done }: PlainLineContext,
): Reply {
  const [only, ...others] = done;
  const added = /^add (?:a |an |the )?(\S.*)$/i.exec(line)?.[1];
  const buttons: Button[] = [
    ...done.map(doneButton),
    toDoButton(line),
    { label: 'I was in touch with somebody', command: 'log', args: { [WORDS]: line } },
    ...(added ? [{ label: 'A new partner', command: 'partner add', args: { name: added } }] : []),
    ...(close && close.name !== 'help' && isSafeToOffer(close)
      ? [{ label: close.name, command: close.name, args: {} }]
      : []),
  ];
  const isDone =
    only &&
    others.length === 0 &&
    rich`Is that done: ${bold(only.title)}? If not, what shall I do with`;
  const text = isDone
    ? rich`${isDone} "${quoteShort(line)}"? I've kept your words.`
    : invocation.spokenInPublic
      ? rich`If that was for me: what shall I do with "${quoteShort(line)}"? I've kept your words.`
      : rich`What shall I do with "${quoteShort(line)}"? I've kept your words.`;
  return { text, card: [{ kind: 'buttons', buttons: [...buttons, helpButton, cancelButton] }] };
}

function doneButton({ id, title }: Followup): Button {
  const label = `Done: ${quoteShort(title)}`;
  return { label, command: 'followup done', args: { which: `#${id}` }, style: 'primary' };
}

const helpButton: Button = { label: 'Help', command: 'help', args: {} };

interface Closest {
  command: Command;
  /** It is the name of the command with a typing mistake, and the words after it belong to the command. */
  isSlip: boolean;
}

/** The command that a line most likely means: by how it is spelled, else by what it says. */
function closest(line: string, { invocation, commands, member }: PlainLineContext) {
  const isOffered = ({ examples, guard }: Command) =>
    examples.length > 0 && may(member.role, guard);
  const offered = [...commands.values()].filter(isOffered);
  const names = offered.map(({ name }) => name);
  const { command: first } = invocation;
  const slip = commands.get(nearest(first, names, MAX_SLIP_SHARE) ?? '');
  if (slip && !startsClause(first) && !isFirstName(first)) return { command: slip, isSlip: true };
  const meant = nearestByMeaning(line, offered);
  return meant && { command: meant, isSlip: false };
}

/** How much of a command's name may be mistyped. */
const MAX_SLIP_SHARE = 0.34;

function didYouMean(
  line: string,
  words: string,
  { command, isSlip }: Closest,
  { invocation }: PlainLineContext,
): Reply {
  const args: RawArgs = isSlip && words !== '' ? { [WORDS]: words } : {};
  const button: Button = { label: command.name, command: command.name, args };
  const sorry = invocation.spokenInPublic
    ? rich`If that was for me: did`
    : rich`I don't know "${quoteShort(line)}". Did`;
  const text = rich`${sorry} you mean ${commandText(command.name)}? Or type ${commandText('help')}.`;
  return isSafeToOffer(command)
    ? { text, card: [{ kind: 'buttons', buttons: [button] }] }
    : { text };
}

/**
 * Whether one press of a guessed command can do no harm: it only shows something, or asks first, or declares such a line.
 * What only some may do is typed by its name.
 */
function isSafeToOffer(command: Command): boolean {
  const { writes, writesWithoutReceipt, args, guard } = command;
  if (!writes && !writesWithoutReceipt) return true;
  if (!may('member', guard)) return false;
  const asksFirst = Object.values(args).some(({ needed, ask }) => needed && ask !== undefined);
  const isSaidPlainly = declaredPhrases(command).some(({ says }) => !says.endsWith('…'));
  return (writes === true && asksFirst) || isSaidPlainly;
}

/** A line that only answers: "yes please", "no, sorry". */
const YES_OR_NO =
  /^(?:y|yes|yep|yeah|sure|n|no|nope|sorry)(?:[\s,]+(?:please|thanks|thank you|sorry|no|yes|not now|i can|i can['’]?t|i cannot|i will|can['’]?t))*[\s.!]*$/i;

/**
 * The answer to a yes or no that belongs to no question that can be answered by typing. There may be one with buttons,
 * such as a request from another member.
 */
const unclearAnswer: Reply = {
  text: rich`I can't tell what that answers. If I asked you something, please press its button.`,
  card: [
    {
      kind: 'buttons',
      buttons: [{ label: 'What is waiting for me', command: 'today', args: {} }, helpButton],
    },
  ],
};

function notUnderstood(line: string, { spokenInPublic }: Invocation): Reply {
  const text = spokenInPublic
    ? rich`If that was for me: I didn't understand it. Type ${commandText('help')} to see what I can do.`
    : rich`I don't know "${quoteShort(line)}". Type ${commandText('help')} to see what I can do.`;
  return { text, card: [{ kind: 'buttons', buttons: [helpButton] }] };
}
