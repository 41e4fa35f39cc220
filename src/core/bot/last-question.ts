import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.ts';
import type { Commands } from '../command/command.ts';
import { FORM, type Invocation, WORDS } from '../message/invocation.ts';
import { type Button, buttonsOf, type Reply } from '../message/reply.ts';
import { matchWhole } from '../names/match.ts';
import { nameKey } from '../names/name-words.ts';
import type { Executed } from './execute-command.ts';

/** How long a question can be answered by typing (ms). Its buttons work for longer. */
const ANSWER_WITHIN_MS = 15 * 60_000;
const MAX_QUESTIONS = 5000;

/** The last question that each person was asked in each place, so that they can type the answer. */
export interface LastQuestions {
  /** Notes what was answered: a question, what has to be corrected, or anything else, which ends the question before. */
  note(invocation: Invocation, executed: Executed): void;
  /** What a typed line answers; undefined if nothing was asked, or it is no answer to that. */
  answerTo(invocation: Invocation, line: string): Pick<Invocation, 'command' | 'args'> | undefined;
}

interface AskedQuestion {
  buttons: readonly Button[];
  /** Whether yes is its first button, and no the other one or none. */
  isYesOrNo: boolean;
  /** The arg to correct, and the button that opens the form for it. */
  correct?: { arg: string; fix: Button };
}

/** Keeps questions in memory: another process, or a restart, does not know them, and their buttons still work. */
export function lastQuestions(commands: Commands, clock: Clock): LastQuestions {
  const asked = new LRUCache<string, AskedQuestion>({
    max: MAX_QUESTIONS,
    ttl: ANSWER_WITHIN_MS,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  });
  return {
    note(invocation, { answer, outcome, arg }) {
      if (invocation.automatic) return;
      const key = keyOf(invocation);
      const buttons = buttonsOf(answer.reply);
      const fix =
        outcome === 'invalid' && arg ? buttons.find(({ label }) => label === 'Fix') : undefined;
      // The next line after a missing text may be about anything.
      const canType = fix && arg && commands.get(fix.command)?.args[arg]?.kind !== 'text';
      if (canType) asked.set(key, { buttons: [], isYesOrNo: false, correct: { arg, fix } });
      else if (outcome === 'question')
        asked.set(key, { buttons, isYesOrNo: isYesOrNo(answer.reply) });
      else asked.delete(key);
    },
    answerTo(invocation, line) {
      const question = asked.get(keyOf(invocation));
      const button = question && buttonNamed(line, question);
      if (button || !question?.correct) return button;
      const { arg, fix } = question.correct;
      const isValue = line.split(/\s+/).length <= MAX_VALUE_WORDS && !NO_VALUE.test(line);
      if (!isValue) return undefined;
      const { [FORM]: _, ...args } = fix.args;
      // As typed words, so that a mistake is answered with a sentence and not with a form.
      return {
        command: fix.command,
        args: { ...args, [WORDS]: `${arg}:"${line.replaceAll('"', '')}"` },
      };
    },
  };
}

/** A longer line is not the value of one arg. */
const MAX_VALUE_WORDS = 5;
const NO_VALUE =
  /\?\s*$|^(?:what|who|when|where|which|why|how|is|are|do|does|can|no|yes|rename|move|change|postpone)\b/i;

/** Whether a question is answered by yes or no: "Is that Age UK?", but not "Shall I add it, or …?". */
function isYesOrNo({ text }: Reply): boolean {
  const words = text.map((node) => ('text' in node ? node.text : 'bold' in node ? node.bold : ''));
  return /^(?:is|shall|did|should|do)\b(?!.*\bor\b)/i.test(words.join(''));
}

/** A question is always private, so that it was asked in the private channel, if there is one. */
const keyOf = ({ actor, place, privateChannel = place.channel }: Invocation): string =>
  JSON.stringify([actor.platform, actor.workspace, actor.user, privateChannel]);

const ORDINALS = [
  /^(?:the )?(?:first|1st)(?: one)?$|^1$/,
  /^(?:the )?(?:second|2nd)(?: one)?$|^2$/,
  /^(?:the )?(?:third|3rd)(?: one)?$|^3$/,
  /^(?:the )?(?:fourth|4th)(?: one)?$|^4$/,
];
const YES = /^(?:yes|yes please|yep|yeah|ye|y|ok|sure|please do|correct|that is right|that one)$/;
const NO = /^(?:no|nope|n|none|none of them|neither)$/;

/** The button that a typed answer means. A typed word never removes anything: that takes a press. */
function buttonNamed(line: string, { buttons, isYesOrNo }: AskedQuestion): Button | undefined {
  const typed = nameKey(line);
  const leave = buttons.find(({ command, label }) => command === 'cancel' || /^No\b/.test(label));
  const choices = buttons.filter(
    (button) => button !== leave && button.style !== 'danger' && button.label !== 'Another',
  );
  const [first, second, ...more] = choices;
  if (NO.test(typed)) return leave ?? (isYesOrNo && more.length === 0 ? second : undefined);
  if (YES.test(typed)) {
    return isYesOrNo || choices.length === 1 || first?.label.startsWith('Yes') ? first : undefined;
  }
  const place = ORDINALS.findIndex((pattern) => pattern.test(typed));
  if (place >= 0) return choices[place];
  const same = choices.find(({ label }) => nameKey(label) === typed);
  if (same) return same;
  const named = choices.map((button, id) => ({
    id: String(id),
    name: button.label,
    aliases: [],
    button,
  }));
  const match = matchWhole(line, named, 'people');
  return match.kind === 'one' ? match.item.button : undefined;
}
