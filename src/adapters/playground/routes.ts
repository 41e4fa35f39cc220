import { type RequestHandler, Router } from 'express';
import type { Clock } from '../../core/base/clock.ts';
import { partners } from '../../core/domain/partners/partner.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { Store } from '../../core/ports/store.ts';
import { movedOn } from './duration.ts';
import type { Fault } from './faults.ts';
import { HttpError } from './http-error.ts';
import { MOST_PARTNERS_OFFERED } from './limits.ts';
import type { MessageBook } from './message-book.ts';
import { places, roomOf } from './places.ts';
import type { ReadWriteLock } from './read-write-lock.ts';
import { faultsIn, keyIn, personIn, placeIn, type Sent, textIn, valuesIn } from './receive.ts';
import { messageView } from './render.ts';
import { type PlaygroundService, readerOf } from './service.ts';
import type { Users } from './users.ts';
import type { StateView } from './wire.ts';

export interface RouteOptions {
  bot: Bot;
  talk: PlaygroundService;
  book: MessageBook;
  people: Users;
  clock: Clock;
  store: Store;
  turnstile: ReadWriteLock;
  /** What the deliveries to come meet, one by one. */
  faults: Fault[];
  /** Delivers everything due until then, and moves the clock. */
  moveTo(instant: Date): Promise<void>;
  startAfresh(): Promise<void>;
}

/** The JSON interface, as docs/playground.md has it. */
export function playgroundRoutes(options: RouteOptions): Router {
  const { bot, talk, book, people, clock, store, turnstile } = options;
  const now = () => ({ now: clock.now().toISOString() });

  /** What a body asks for, answered as JSON. */
  const post = (work: (sent: Sent) => Promise<unknown>): RequestHandler => {
    return async (request, response) => {
      const body: unknown = request.body;
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw new HttpError('Send a JSON object.');
      }
      response.json(await work(body as Sent));
    };
  };
  const get = (work: (sent: Sent) => Promise<unknown>): RequestHandler => {
    return async (request, response) => {
      response.json(await work(request.query));
    };
  };

  const say = post((sent) => {
    const [who, place, text] = [personIn(sent, people), placeIn(sent), textIn(sent, 'text')];
    if (text.trim() === '') throw new HttpError('text is empty: say something, such as help.');
    return turnstile.pass(() => talk.say(who, place, text, keyIn(sent)));
  });
  const press = post((sent) => {
    const [who, button] = [personIn(sent, people), textIn(sent, 'button')];
    return turnstile.pass(() => talk.press(who, button, keyIn(sent)));
  });
  const submit = post((sent) => {
    const [who, form, values] = [personIn(sent, people), textIn(sent, 'form'), valuesIn(sent)];
    return turnstile.pass(() => talk.submit(who, form, values, keyIn(sent)));
  });
  const move = post((sent) => {
    const advance = textIn(sent, 'advance');
    return turnstile.alone(async () => {
      await options.moveTo(movedOn(clock.now(), advance, people.zone()));
      return now();
    });
  });
  const fault = post(async (sent) => {
    options.faults.splice(0, options.faults.length, ...faultsIn(sent));
    return { next: options.faults };
  });
  const afresh = post(() =>
    turnstile.alone(async () => {
      await options.startAfresh();
      await Promise.all([book.open(), people.refresh()]);
      return now();
    }),
  );

  const messages = get(async (query) => {
    const [who, place] = [personIn(query, people), placeIn(query)];
    const seen = await book.seen(roomOf(place.id, who.user), who.id);
    return seen.map((message) => messageView(message, readerOf(who, options)));
  });
  const state = get(async () => {
    await people.refresh();
    const members = people.all().map(({ id, name, role, zone, user }) => {
      const activity = places.map((place) => [place.id, book.activity(roomOf(place.id, user), id)]);
      return { id, name, role, zone, activity: Object.fromEntries(activity) };
    });
    return { partnership: people.partnership(), ...now(), members, places } satisfies StateView;
  });
  const complete = get(async (query) => {
    personIn(query, people);
    return bot.complete(textIn(query, 'line'), store.partnership);
  });
  const partnerNames = get(async () => {
    const where = { archived: false };
    const found = { index: 'byName', where, limit: MOST_PARTNERS_OFFERED } as const;
    return (await store.of(partners).find(found)).map((partner) => partner.name);
  });

  const router = Router();
  const posts = { say, press, submit, clock: move, afresh, faults: fault };
  const gets = { messages, state, complete, partners: partnerNames };
  for (const [name, handler] of Object.entries(posts)) {
    router.route(`/${name}`).post(handler).all(only('POST'));
  }
  for (const [name, handler] of Object.entries(gets)) {
    router.route(`/${name}`).get(handler).all(only('GET'));
  }
  return router;
}

function only(method: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', method);
    throw new HttpError(`Use ${method} for this.`, 405);
  };
}
