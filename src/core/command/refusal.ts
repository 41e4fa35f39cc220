import { holdersOf, type Right } from '../domain/members/rights.ts';
import { type Reply, say } from '../message/reply.ts';
import { commandText, type RichText, rich, workspaceWord } from '../message/rich-text.ts';
import type { StoreTrouble } from '../ports/store.ts';

const storeTroubles: { readonly [trouble in StoreTrouble]: RichText } = {
  full: rich`Sorry, I couldn't do that: my disk is full. Please tell the person who looks after me, and try again once there is room.`,
  'read-only': rich`Sorry, I couldn't do that: I can't save anything right now. Please tell the person who looks after me.`,
  damaged: rich`Sorry, I couldn't do that: my database is damaged. Please tell the person who looks after me.`,
  unreachable: rich`Sorry, I couldn't do that: I can't reach my database. Please try again in a minute. If that doesn't help, tell the person who looks after me.`,
};

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
    say(
      rich`Sorry, I can only talk with full members of this ${workspaceWord}. Nothing has changed.`,
    ),
  /** @param platform as people call it: `Slack`. */
  unknownUser: (platform: string): Reply =>
    say(
      rich`Sorry, ${platform} doesn't tell me who you are at the moment, so I can't show you anything. Nothing has changed. Please try again in a minute.`,
    ),
  notSetUp: (): Reply =>
    say(
      rich`I'm not set up here yet. Ask an owner or admin of this ${workspaceWord} to send me any command, such as ${commandText('help')}.`,
    ),
  busy: (): Reply =>
    say(
      rich`Sorry, I'm busy with other people just now. Nothing has been done: please try again in a minute.`,
    ),
  /** For an account that is closed, or of somebody who is not in the workspace: no coordinator could add it. */
  gone: (): Reply =>
    say(
      rich`Sorry, this account is closed or isn't a member here, so I can't show you anything. Nothing has changed.`,
    ),
  /** Too many commands from one person. */
  tooMany: (): Reply =>
    say(rich`That is a lot at once. Give me a minute, and try again. Nothing has been done.`),
  broken: (): Reply =>
    say(rich`Sorry, something went wrong on my side. Please try again in a minute.`),
  /** The store cannot do what it is asked. The operator's log has the details. */
  storeFailed: (trouble: StoreTrouble): Reply => say(storeTroubles[trouble]),
  /** The store stopped answering while it was storing what a command wrote. */
  storeCutOff: (): Reply =>
    say(
      rich`Sorry, I lost the connection to my database, so I can't tell whether that has been noted. Please look in a minute, before you send it again.`,
    ),
  buttonExpired: (): Reply => say(rich`That button has expired. Please type the command again.`),
};
