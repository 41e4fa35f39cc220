import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../doubles/slack/outcome.ts';
import type { SlackDouble } from '../../doubles/slack/slack.ts';
import type { Installation } from './installation.ts';

/** How long an answer may take after the acknowledgement (ms). Slack sets no such limit. */
const ANSWER_TIMEOUT_MS = 20_000;
/** How long a person waits before they say the next thing (ms). */
const PAUSE_MS = 100;

/** What people said, and how they were answered. */
export interface ConversationLog {
  sent: number;
  /** What was not acknowledged within Slack's three seconds, or not answered. */
  unanswered: string[];
  /** Titles of the follow-ups that the bot confirmed. */
  confirmed: string[];
}

/**
 * Makes people talk to the bot: as many at once as said, each saying the next thing after the answer. All users take
 * turns, since one may give 60 commands a minute only. @returns a function that stops it.
 */
export function startConversations(
  { slack, users }: Pick<Installation, 'slack' | 'users'>,
  peopleCount: number,
): () => Promise<ConversationLog> {
  const log: ConversationLog = { sent: 0, unanswered: [], confirmed: [] };
  let isStopped = false;
  const talking = Array.from({ length: peopleCount }, async (_, who) => {
    for (let count = 0; !isStopped; count++) {
      const user = users[(who + count * peopleCount) % users.length];
      if (!user) throw new Error('There are no users.');
      const about = `the ${count}th of ${who}`;
      const turn = turns[count % turns.length] ?? addFollowup;
      log.sent++;
      await turn({ slack, user, about, log }).catch((error: unknown) => {
        log.unanswered.push(`${turn.name}, ${about}: ${error}`);
      });
      await sleep(PAUSE_MS);
    }
  });
  return async () => {
    isStopped = true;
    await Promise.all(talking);
    return log;
  };
}

/** One person's turn to say something. */
interface Turn {
  slack: SlackDouble;
  user: Installation['users'][number];
  /** A topic that no other turn has. */
  about: string;
  log: ConversationLog;
}

async function addFollowup({ slack, user, about, log }: Turn): Promise<void> {
  const line = `followup add ring about ${about} by:"in 3 weeks"`;
  const { text } = await answerOf(slack, await slack.as(user).slash('/convenor', line));
  if (text.includes(about)) log.confirmed.push(`ring about ${about}`);
}

async function listFollowups({ slack, user }: Turn): Promise<void> {
  await answerOf(slack, await slack.as(user).slash('/convenor', 'followup list'));
}

async function logAndUndo({ slack, user, about }: Turn): Promise<void> {
  const line = `log "Riverside Council" talked about ${about}`;
  const reply = await answerOf(slack, await slack.as(user).slash('/convenor', line));
  await answerOf(slack, await slack.as(user).press(reply, 'Undo'));
}

async function fillInForm({ slack, user, about }: Turn): Promise<void> {
  const person = slack.as(user);
  await (await person.slash('/log')).modal();
  // While the names are loading, the modal says so and has no fields yet.
  const form = await slack.until('a form', () => {
    const modal = slack.modal(user);
    return modal?.labels.includes('Who with?') ? modal : undefined;
  });
  const filled = { 'Who with?': 'Riverside Council', 'What happened?': `walked ${about}` };
  await person.submit(form, filled);
  const confirmation = () =>
    slack.sees(user, slack.directOf(user)).find(({ words }) => words.includes(`walked ${about}`));
  await slack.until('an answer to a form', confirmation, ANSWER_TIMEOUT_MS);
}

const turns = [addFollowup, listFollowups, logAndUndo, fillInForm];

function answerOf({ until }: SlackDouble, outcome: Outcome): ReturnType<Outcome['reply']> {
  return until('an answer', () => outcome.replies.at(-1), ANSWER_TIMEOUT_MS);
}
