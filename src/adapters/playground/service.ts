import type { Clock } from '../../core/base/clock.ts';
import { derivedId, randomKey } from '../../core/base/id.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import { refusal } from '../../core/command/refusal.ts';
import type { Field, Form } from '../../core/message/form.ts';
import type { Invocation } from '../../core/message/invocation.ts';
import { plainText } from '../../core/message/rich-text.ts';
import type { Answer, Bot } from '../../core/ports/platform.ts';
import { parseElementId } from './element-id.ts';
import { HttpError } from './http-error.ts';
import { withMentions, withNames } from './mentions.ts';
import type { MessageHistory } from './message-history.ts';
import { CONVENOR, isVisible, type Message, type MessageDraft } from './messages.ts';
import { identityOf, invocationPlace, placeOf, roomOf } from './places.ts';
import { answerView, fieldsOf, type ReaderContext } from './render.ts';
import { profileOf, type User, type Users } from './users.ts';
import type { AnswerView, PlaceView } from './wire.ts';

export interface PlaygroundServiceDeps {
  bot: Bot;
  history: MessageHistory;
  users: Users;
  clock: Clock;
  partnership: string;
  log: Pick<Log, 'error'>;
}

/**
 * What users do in the chat. Calls with the same `key` take effect once.
 * @throws HttpError for a button or form that the user does not see.
 */
export interface PlaygroundService {
  say(user: User, place: PlaceView, text: string, key?: string): Promise<AnswerView>;
  press(user: User, button: string, key?: string): Promise<AnswerView>;
  submit(
    user: User,
    form: string,
    values: Readonly<Record<string, string>>,
    key?: string,
  ): Promise<AnswerView>;
}

/** Turns what users do into Invocations, and shows the bot's answers as messages. */
export function playgroundService(deps: PlaygroundServiceDeps): PlaygroundService {
  const { bot, history, users, clock, partnership, log } = deps;

  /** The bot's answer; an apology if it fails. */
  async function askBot(
    user: User,
    room: string,
    request: Pick<Invocation, 'command' | 'args' | 'key' | 'spokenInPublic'>,
  ): Promise<Answer> {
    const invocation: Invocation = {
      ...request,
      actor: identityOf(user.user),
      profiles: { [user.user]: profileOf(user) },
      place: invocationPlace(room),
      partnership,
    };
    try {
      return await bot.handle(invocation);
    } catch (error) {
      log.error({ command: request.command, ...errorFields(error) }, 'playground answer failed');
      return { reply: refusal.broken(), audience: 'actor', failed: true };
    }
  }

  /** The bot's answer as a message. */
  function answerMessage(user: User, room: string, key: string, answer: Answer) {
    return {
      id: derivedId('answered', key),
      room,
      from: CONVENOR,
      at: clock.now(),
      visibleTo: answer.audience === 'actor' ? user.id : null,
      reply: answer.reply,
      form: answer.form ?? null,
    } satisfies MessageDraft;
  }

  /** The message that a button or form is on. */
  async function messageWith(what: 'button' | 'form', id: string, user: User): Promise<Message> {
    const message = await history.get(id);
    const isInRoom = message && message.room === roomOf(placeOf(message.room), user.user);
    if (isInRoom && isVisible(message, user.id)) return message;
    const next = what === 'form' ? 'Copy your words and start again.' : 'Type the command instead.';
    throw new HttpError(`This ${what} has expired. ${next}`, 404);
  }

  const view = (user: User, message: Pick<Message, 'id' | 'reply' | 'form'>) =>
    answerView(message, readerContext(user, deps));

  return {
    async say(user, place, text, givenKey) {
      const room = roomOf(place.id, user.user);
      const key = fullKey(user, givenKey);
      const at = clock.now();
      const isPublic = !invocationPlace(room).direct;
      const request = {
        ...bot.parseLine(withMentions(text, users.all())),
        key,
        ...(isPublic && { spokenInPublic: true as const }),
      };
      const answer = await askBot(user, room, request);
      const message = answerMessage(user, room, key, answer);
      const said = { id: derivedId('said', key), room, from: user.id, at, said: text };
      await history.add([said, message]);
      return view(user, message);
    },

    async press(user, button, givenKey) {
      const { message: messageId, command, args } = parseElementId('button', button);
      const pressed = await messageWith('button', messageId, user);
      const key = fullKey(user, givenKey);
      const answer = await askBot(user, pressed.room, { command, args, key });
      if (answer.reply.replaces && !answer.form) {
        const updated = await history.update(messageId, { reply: answer.reply, form: null });
        if (updated) return view(user, updated);
      }
      const message = { ...answerMessage(user, pressed.room, key, answer), about: messageId };
      await history.add([message]);
      return view(user, message);
    },

    async submit(user, form, values, givenKey) {
      const { message: messageId, command, args } = parseElementId('form', form);
      const open = await messageWith('form', messageId, user);
      // Submitted twice: the first time took the form away, so this one only shows the answer again.
      if (!open.form) return view(user, open);
      const filled = { ...args, ...filledArgs(open.form, values, users.all()) };
      const key = fullKey(user, givenKey ?? derivedId('form', messageId, String(open.version)));
      const answer = await askBot(user, open.room, { command, args: filled, key });
      if (answer.failed) {
        const problem = plainText(answer.reply.text, user.zone);
        const change = { reply: answer.reply, form: keepOpen(open.form, values, problem) };
        return view(user, (await history.update(messageId, change)) ?? { ...open, ...change });
      }
      if (answer.reply.replaces && open.about && !answer.form) {
        const updated = await history.update(open.about, { reply: answer.reply, form: null });
        if (updated) {
          await history.remove(messageId);
          return view(user, updated);
        }
      }
      const { visibleTo, reply, form: nextForm } = answerMessage(user, open.room, key, answer);
      const updated = await history.update(messageId, { visibleTo, reply, form: nextForm });
      return view(user, updated ?? { id: messageId, reply, form: nextForm });
    },
  };
}

/** Prefixed by the user, so that the keys of two users never collide. */
function fullKey(user: User, givenKey?: string): string {
  return `playground-${user.id}-${givenKey ?? randomKey()}`;
}

export function readerContext(
  { id, zone }: User,
  { users, clock }: Pick<PlaygroundServiceDeps, 'users' | 'clock'>,
): ReaderContext {
  return { id, zone, now: clock.now(), withNames: (text) => withNames(text, users.all()) };
}

/** The form with what was typed into it, and at its first field why it was not taken. */
function keepOpen(form: Form, values: Readonly<Record<string, string>>, problem: string): Form {
  const filled = (field: Field) => ({ ...field, value: values[field.name] ?? field.value });
  const [first, ...rest] = form.fields.map(filled);
  const fields = first ? [{ ...first, problem }, ...rest] : [];
  return { ...form, fields, moreFields: form.moreFields?.map(filled) ?? [] };
}

/** The args from a form: what was submitted, and the old value of each field that was not. */
function filledArgs(
  form: NonNullable<Message['form']>,
  values: Readonly<Record<string, string>>,
  users: readonly User[],
): Readonly<Record<string, string>> {
  const fields = fieldsOf(form);
  const names = fields.map((field) => field.name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new HttpError(
      `The form has no box "${unknown.slice(0, 40)}". It has: ${names.join(', ')}.`,
    );
  }
  const filled = fields.map(({ name, kind, value: old }) => {
    const typed = values[name];
    // A file is data: nobody is mentioned in it.
    const value = typed === undefined ? old : kind === 'file' ? typed : withMentions(typed, users);
    return { name, value, old };
  });
  // A field that somebody emptied is sent as empty; one that was empty before is left out.
  const sent = filled.filter(({ value, old }) => value.trim() !== '' || old.trim() !== '');
  return Object.fromEntries(sent.map(({ name, value }) => [name, value]));
}
