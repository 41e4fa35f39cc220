import type { Clock } from '../../core/base/clock.ts';
import { derivedId, freshKey } from '../../core/base/id.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import { refusal } from '../../core/command/refusal.ts';
import type { Invocation } from '../../core/message/invocation.ts';
import type { Answer, Bot } from '../../core/ports/platform.ts';
import { HttpError } from './http-error.ts';
import { withMentions, withNames } from './mentions.ts';
import type { MessageBook } from './message-book.ts';
import { CONVENOR, type Draft, isVisible, type Message } from './messages.ts';
import { identityOf, placeOf, roomOf, spokenIn } from './places.ts';
import { readIdOn } from './pressed.ts';
import { answerView } from './render.ts';
import type { User, Users } from './users.ts';
import type { AnswerView, PlaceView } from './wire.ts';

export interface PlaygroundServiceDeps {
  bot: Bot;
  book: MessageBook;
  people: Users;
  clock: Clock;
  partnership: string;
  log: Pick<Log, 'error'>;
}

/** What one can do in the chat. `key`: the same one has its effect once. */
export interface PlaygroundService {
  say(who: User, place: PlaceView, text: string, key?: string): Promise<AnswerView>;
  press(who: User, button: string, key?: string): Promise<AnswerView>;
  submit(
    who: User,
    form: string,
    values: Readonly<Record<string, string>>,
    key?: string,
  ): Promise<AnswerView>;
}

/** Turns what members do into invocations, and puts what comes back where they see it. */
export function playgroundService(options: PlaygroundServiceDeps): PlaygroundService {
  const { bot, book, people, clock, partnership, log } = options;

  /** The bot's answer, whatever happens. */
  async function ask(
    who: User,
    room: string,
    asked: Pick<Invocation, 'command' | 'args' | 'key'>,
  ): Promise<Answer> {
    const invocation = {
      ...asked,
      actor: identityOf(who.user),
      place: spokenIn(room),
      partnership,
    };
    try {
      return await bot.handle(invocation);
    } catch (error) {
      log.error({ command: asked.command, ...errorFields(error) }, 'playground answer failed');
      return { reply: refusal.broken(), audience: 'actor' };
    }
  }

  /** Convenor's answer as a message: in a channel, what is for the actor is seen by nobody else. */
  function answered(who: User, room: string, key: string, answer: Answer) {
    return {
      id: derivedId('answered', key),
      room,
      from: CONVENOR,
      at: clock.now(),
      visibleTo: answer.audience === 'actor' ? who.id : null,
      reply: answer.reply,
      form: answer.form ?? null,
    } satisfies Draft;
  }

  /** The message a button or form stands on, if `who` sees it. */
  async function standing(who: User, what: 'button' | 'form', id: string): Promise<Message> {
    const message = await book.get(id);
    const inRoom = message && message.room === roomOf(placeOf(message.room), who.user);
    if (inRoom && isVisible(message, who.id)) return message;
    throw new HttpError(`${who.name} sees no message with that ${what}: it may be gone.`, 404);
  }

  const view = (who: User, message: Pick<Message, 'id' | 'reply' | 'form'>) =>
    answerView(message, readerOf(who, options));

  return {
    async say(who, place, text, given) {
      const room = roomOf(place.id, who.user);
      const key = keyOf(who, given);
      const at = clock.now();
      const answer = await ask(who, room, { ...bot.read(withMentions(text, people.all())), key });
      const message = answered(who, room, key, answer);
      const said = { id: derivedId('said', key), room, from: who.id, at, said: text };
      await book.add([said, message]);
      return view(who, message);
    },

    async press(who, button, given) {
      const { message: on, command, args } = readIdOn('button', button);
      const pressed = await standing(who, 'button', on);
      const key = keyOf(who, given);
      const answer = await ask(who, pressed.room, { command, args, key });
      if (answer.reply.replaces && !answer.form) {
        const changed = await book.change(on, { reply: answer.reply, form: null });
        if (changed) return view(who, changed);
      }
      const message = { ...answered(who, pressed.room, key, answer), about: on };
      await book.add([message]);
      return view(who, message);
    },

    async submit(who, form, values, given) {
      const { message: on, command, args } = readIdOn('form', form);
      const open = await standing(who, 'form', on);
      // Sent twice is once done: the second finds no form any more, or comes with the same key.
      if (!open.form) return view(who, open);
      const filled = { ...args, ...filledIn(open.form, values, people.all()) };
      const key = keyOf(who, given ?? derivedId('form', on, String(open.version)));
      const answer = await ask(who, open.room, { command, args: filled, key });
      if (answer.reply.replaces && open.about && !answer.form) {
        const changed = await book.change(open.about, { reply: answer.reply, form: null });
        if (changed) {
          await book.remove(on);
          return view(who, changed);
        }
      }
      const { visibleTo, reply, form: again } = answered(who, open.room, key, answer);
      const changed = await book.change(on, { visibleTo, reply, form: again });
      return view(who, changed ?? { id: on, reply, form: again });
    },
  };
}

/** Keys of one member never meet another's. */
function keyOf(who: User, given?: string): string {
  return `playground-${who.id}-${given ?? freshKey()}`;
}

/** Who reads, with all that reading takes. */
export function readerOf(
  who: User,
  { people, clock }: Pick<PlaygroundServiceDeps, 'people' | 'clock'>,
) {
  const named = (text: string) => withNames(text, people.all());
  return { ...who, now: clock.now(), named };
}

/** What the boxes hold: what was sent, and where nothing was, what stood there. */
function filledIn(
  form: NonNullable<Message['form']>,
  values: Readonly<Record<string, string>>,
  people: readonly User[],
): Readonly<Record<string, string>> {
  const names = form.fields.map((field) => field.name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new HttpError(
      `The form has no box "${unknown.slice(0, 40)}". It has: ${names.join(', ')}.`,
    );
  }
  const boxes = form.fields.map(({ name, kind, value }) => {
    const typed = values[name];
    if (typed === undefined) return [name, value] as const;
    // A file is data: nobody is mentioned in it.
    return [name, kind === 'file' ? typed : withMentions(typed, people)] as const;
  });
  // A box that was emptied says so; one that always was empty says nothing.
  const stood = new Map(form.fields.map(({ name, value }) => [name, value]));
  return Object.fromEntries(
    boxes.filter(([name, value]) => value.trim() !== '' || stood.get(name)?.trim()),
  );
}
