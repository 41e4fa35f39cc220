import { setTimeout as pass } from 'node:timers/promises';
import type { Outcome } from '../../doubles/slack/outcome.ts';
import type { SlackDouble } from '../../doubles/slack/slack.ts';
import type { Installation } from './installation.ts';

/** How long an answer may take once a command has been acknowledged (ms): Slack sets no limit to that. */
const ANSWER_MS = 20_000;
/** How long somebody thinks before they say the next thing (ms). */
const THINKING_MS = 100;

/** What people said, and how they were answered. */
export interface Spoken {
  said: number;
  /** What was not acknowledged within Slack's three seconds, or never answered. */
  unanswered: string[];
  /** Titles of follow-ups, each once its keeping was confirmed. */
  kept: string[];
}

/** Has some people say one thing after the other, each once they are answered. @returns what ends it. */
export function talkative(
  { slack, users }: Pick<Installation, 'slack' | 'users'>,
  howMany: number,
): () => Promise<Spoken> {
  const spoken: Spoken = { said: 0, unanswered: [], kept: [] };
  let isOver = false;
  const talking = users.slice(0, howMany).map(async (user, who) => {
    for (let count = 0; !isOver; count++) {
      const about = `the ${count}th of ${who}`;
      const turn = turns[count % turns.length] ?? adds;
      spoken.said++;
      await turn({ slack, user, about, spoken }).catch((error: unknown) => {
        spoken.unanswered.push(`${turn.name}, ${about}: ${error}`);
      });
      await pass(THINKING_MS);
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(talking);
    return spoken;
  };
}

/** Somebody's turn to say something. */
interface Turn {
  slack: SlackDouble;
  user: Installation['users'][number];
  /** Something that nobody else talks about. */
  about: string;
  spoken: Spoken;
}

async function adds({ slack, user, about, spoken }: Turn): Promise<void> {
  const line = `followup add ring about ${about} by:"in 3 weeks"`;
  const { text } = await answered(slack, await slack.as(user).slash('/convenor', line));
  if (text.includes(about)) spoken.kept.push(`ring about ${about}`);
}

async function asks({ slack, user }: Turn): Promise<void> {
  await answered(slack, await slack.as(user).slash('/convenor', 'followup list'));
}

async function presses({ slack, user, about }: Turn): Promise<void> {
  const line = `log "Riverside Council" talked about ${about}`;
  const told = await answered(slack, await slack.as(user).slash('/convenor', line));
  await answered(slack, await slack.as(user).press(told, 'Undo'));
}

async function fillsIn({ slack, user, about }: Turn): Promise<void> {
  const person = slack.as(user);
  await (await person.slash('/log')).modal();
  // Where names take a moment, it says so until they are there.
  const form = await slack.until('a form', () => {
    const modal = slack.modal(user);
    return modal?.labels.includes('Who with?') ? modal : undefined;
  });
  const filled = { 'Who with?': 'Riverside Council', 'What happened?': `walked ${about}` };
  await person.submit(form, filled);
  const told = () =>
    slack.sees(user, slack.directOf(user)).find(({ words }) => words.includes(`walked ${about}`));
  await slack.until('an answer to a form', told, ANSWER_MS);
}

const turns = [adds, asks, presses, fillsIn];

function answered({ until }: SlackDouble, outcome: Outcome): ReturnType<Outcome['reply']> {
  return until('an answer', () => outcome.replies.at(-1), ANSWER_MS);
}
