import { type RequestHandler, Router, raw } from 'express';
import type { Clock } from '../../core/base/clock.ts';
import { partners } from '../../core/domain/partners/partner.ts';
import { plainText } from '../../core/message/rich-text.ts';
import { UserError } from '../../core/message/user-error.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { Store } from '../../core/ports/store.ts';
import { fileText } from '../shared/files/file-text.ts';
import { addDuration } from './duration.ts';
import type { Fault } from './faults.ts';
import { HttpError } from './http-error.ts';
import { MAX_BODY_SIZE, MAX_PARTNERS_OFFERED } from './limits.ts';
import type { MessageHistory } from './message-history.ts';
import { isVisible } from './messages.ts';
import { identityOf, placeOf, places, roomOf } from './places.ts';
import type { ReadWriteLock } from './read-write-lock.ts';
import { messageView } from './render.ts';
import {
  faultsParam,
  keyParam,
  placeParam,
  type RequestParams,
  textParam,
  userParam,
  valuesParam,
} from './request-params.ts';
import { type PlaygroundService, readerContext } from './service.ts';
import { profileOf, type Users } from './users.ts';
import type { ReadFileView, StateView } from './wire.ts';

export interface RouteDeps {
  bot: Bot;
  service: PlaygroundService;
  history: MessageHistory;
  users: Users;
  clock: Clock;
  store: Store;
  lock: ReadWriteLock;
  /** The faults of the next deliveries, in order. */
  faults: Fault[];
  /** Delivers everything due until then, and moves the clock. */
  moveTo(instant: Date): Promise<void>;
  /** Deletes everything, and writes the sample again. */
  reset(): Promise<void>;
}

/** The JSON interface; docs/playground.md describes it. */
export function playgroundRoutes(deps: RouteDeps): Router {
  const { bot, service, history, users, clock, store, lock } = deps;
  const now = () => ({ now: clock.now().toISOString() });

  const post = (work: (params: RequestParams) => Promise<unknown>): RequestHandler => {
    return async (request, response) => {
      const body: unknown = request.body;
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw new HttpError('Send a JSON object.');
      }
      response.json(await work(body as RequestParams));
    };
  };
  const get = (work: (params: RequestParams) => Promise<unknown>): RequestHandler => {
    return async (request, response) => {
      response.json(await work(request.query));
    };
  };

  const say = post((params) => {
    const user = userParam(params, users);
    const [place, text] = [placeParam(params), textParam(params, 'text')];
    if (text.trim() === '') throw new HttpError('text is empty: say something, such as help.');
    return lock.shared(() => service.say(user, place, text, keyParam(params)));
  });
  const press = post((params) => {
    const [user, button] = [userParam(params, users), textParam(params, 'button')];
    return lock.shared(() => service.press(user, button, keyParam(params)));
  });
  const submit = post((params) => {
    const user = userParam(params, users);
    const [form, values] = [textParam(params, 'form'), valuesParam(params)];
    return lock.shared(() => service.submit(user, form, values, keyParam(params)));
  });
  const advanceClock = post((params) => {
    const advance = textParam(params, 'advance');
    return lock.exclusive(async () => {
      await deps.moveTo(addDuration(clock.now(), advance, users.zone()));
      return now();
    });
  });
  const setFaults = post(async (params) => {
    deps.faults.splice(0, deps.faults.length, ...faultsParam(params));
    return { next: deps.faults };
  });
  const reset = post(() =>
    lock.exclusive(async () => {
      await deps.reset();
      await Promise.all([history.load(), users.refresh()]);
      return now();
    }),
  );

  const messages = get(async (params) => {
    const [user, place] = [userParam(params, users), placeParam(params)];
    const visible = await history.visibleTo(roomOf(place.id, user.user), user.id);
    return visible.map((message) => messageView(message, readerContext(user, deps)));
  });
  const state = get(async () => {
    await users.refresh();
    const members = users.all().map(({ id, name, role, zone, user }) => {
      const activity = places.map(
        (place) => [place.id, history.activity(roomOf(place.id, user), id)] as const,
      );
      return { id, name, role, zone, activity: Object.fromEntries(activity) };
    });
    return { partnership: users.partnership(), ...now(), members, places } satisfies StateView;
  });
  const complete = get(async (params) => {
    const user = userParam(params, users);
    const { partnership } = store;
    const typist = { partnership, actor: identityOf(user.user), profile: profileOf(user) };
    return bot.complete(textParam(params, 'line'), typist);
  });
  const partnerNames = get(async () => {
    const where = { archived: false };
    const found = await store.of(partners).find({ index: 'byName', where }, MAX_PARTNERS_OFFERED);
    return found.rows.map((partner) => partner.name);
  });

  const file: RequestHandler = async (request, response) => {
    const params: RequestParams = request.query;
    const [user, id] = [userParam(params, users), textParam(params, 'message')];
    const message = await history.get(id);
    const isInRoom = message?.room === roomOf(placeOf(message?.room ?? ''), user.user);
    if (!message?.file || !isInRoom || !isVisible(message, user.id))
      throw new HttpError('That file is gone.', 404);
    const { name, type, content } = message.file;
    response.attachment(name).type(type).send(Buffer.from(content, 'base64'));
  };

  const readFile: RequestHandler = async (request, response) => {
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) throw new HttpError('Send the bytes of a file.');
    const answer = await fileText(body).then(
      (text): ReadFileView => ({ text }),
      (error: unknown): ReadFileView => {
        if (!(error instanceof UserError)) throw error;
        return { problem: plainText(error.text, users.zone()) };
      },
    );
    response.json(answer);
  };

  const router = Router();
  const posts = { say, press, submit, clock: advanceClock, faults: setFaults, reset };
  const gets = { messages, state, complete, partners: partnerNames };
  // `afresh` is the old name of `reset`; scripts may still use it.
  for (const [path, handler] of Object.entries({ ...posts, afresh: reset })) {
    router.route(`/${path}`).post(handler).all(only('POST'));
  }
  for (const [path, handler] of Object.entries({ ...gets, file })) {
    router.route(`/${path}`).get(handler).all(only('GET'));
  }
  const bytes = raw({ type: 'application/octet-stream', limit: MAX_BODY_SIZE });
  router.route('/read-file').post(bytes, readFile).all(only('POST'));
  return router;
}

function only(method: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', method);
    throw new HttpError(`Use ${method} for this.`, 405);
  };
}
