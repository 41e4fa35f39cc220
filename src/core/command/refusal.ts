import { holdersOf, type Right } from '../domain/members/rights.ts';
import { type Reply, say } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';

/** Replies that say why a command did not run, and what to do. They are for the actor alone. */
export const refusal = {
  /** It never replaces the message of a pressed button, since others see that message. */
  noRight: (right: Right): Reply => ({
    text: rich`Sorry, only ${holdersOf(right)} can do that. Nothing has changed.`,
    replaces: false,
  }),
  stranger: (): Reply =>
    say(rich`I don't know you here yet. Ask a coordinator to add you, and try again.`),
  /** For guests of a workspace: it reveals nothing of the partnership, not even its name. */
  guest: (): Reply =>
    say(rich`Sorry, I can only talk with full members of this workspace. Nothing has changed.`),
  notSetUp: (): Reply =>
    say(
      rich`I'm not in use here yet. Ask an owner or admin of this workspace to type the first command to me, such as help.`,
    ),
  busy: (): Reply =>
    say(
      rich`Sorry, I'm busy with other people just now. Nothing has been done: please try again in a minute.`,
    ),
  broken: (): Reply =>
    say(rich`Sorry, something went wrong on my side. Please try again in a minute.`),
  buttonExpired: (): Reply =>
    say(
      rich`That button no longer works: what it was about is gone. Please type the command again.`,
    ),
};
