import { holdersOf, type Right } from '../domain/members/rights.ts';
import { type Reply, say } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';

/** What guards return: a sentence that says why not and what to do. Always shown to the actor alone. */
export const refusal = {
  /** Not even where the answer to a button takes the place of its message: others see that. */
  noRight: (right: Right): Reply => ({
    text: rich`Sorry, only ${holdersOf(right)} can do that. Nothing has changed.`,
    replaces: false,
  }),
  stranger: (): Reply =>
    say(rich`I don't know you here yet. Ask a coordinator to add you, and try again.`),
  /** Says nothing of the partnership, not even its name. */
  guest: (): Reply =>
    say(rich`Sorry, I can only talk with full members of this workspace. Nothing has changed.`),
  notBegun: (): Reply =>
    say(
      rich`I'm not in use here yet. Ask an owner or admin of this workspace to type the first command to me, such as help.`,
    ),
  busy: (): Reply =>
    say(
      rich`Sorry, more people want something of me just now than I can answer. Nothing has been done: please try again in a minute.`,
    ),
  broken: (): Reply =>
    say(rich`Sorry, something went wrong on my side. Please try again in a minute.`),
  tooOld: (): Reply =>
    say(
      rich`That button no longer works: what it was about is gone. Please type the command again.`,
    ),
};
