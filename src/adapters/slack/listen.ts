import type { App } from '@slack/bolt';
import { backgroundTasks } from '../../core/async/background-tasks.ts';
import { dedupe } from '../../core/async/dedupe.ts';
import { withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields } from '../../core/base/log.ts';
import { FORM } from '../../core/message/invocation.ts';
import { logMessageCommand } from '../shared/log-this.ts';
import { suggest } from './autocomplete.ts';
import { createConversation } from './conversation.ts';
import { createHomes } from './home.ts';
import type { MessageShortcut } from './input/input.ts';
import {
  readAutocomplete,
  readButtonPress,
  readFormSubmission,
  readGlobalShortcut,
  readHomeOpened,
  readMessage,
  readShortcut,
  readSlashCommand,
  readTeamAccess,
  readUninstall,
  readUserChange,
} from './input/read-payload.ts';
import { parseSlashCommand } from './input/slash-command.ts';
import type { Installs } from './installing/installs.ts';
import { globalShortcuts, LOG_THIS } from './manifest/manifest.ts';
import { commandOfPress } from './render/button.ts';
import type { RequestDeps } from './request.ts';
import { noteUserChange } from './user-change.ts';

/** How long "Log this" waits for the name of the message's author before it opens the form without it. */
const AUTHOR_TIMEOUT_MS = 500;
/** How long stopping waits until everything Slack has sent is acknowledged. */
const ACKNOWLEDGE_TIMEOUT_MS = 3_000;

export interface ListenDeps extends Omit<RequestDeps, 'recordOrganisation'> {
  /** Undefined in Socket Mode. */
  installs: Installs | undefined;
}

/** What is still going on when Convenor stops. Both wait for some seconds at most. */
export interface Listener {
  /** Waits until everything Slack has sent is acknowledged. The connection has to stay open until then. */
  acknowledged(): Promise<unknown>;
  /** Ends listening, and waits until everybody has their answer. */
  stop(): Promise<unknown>;
}

/** Dispatches everything that Bolt receives. */
export function listen(app: App, options: ListenDeps): Listener {
  const { installs, clients, users, log } = options;
  const deps: RequestDeps = {
    ...options,
    recordOrganisation: async (team, enterprise) => installs?.recordOrganisation(team, enterprise),
  };
  const homes = createHomes(deps);
  const conversation = createConversation(deps, homes);
  const stopRefreshing = options.bot.onChange(homes.refresh);
  const { run: once, forget } = dedupe();
  const unacknowledged = new Set<Promise<unknown>>();
  const tasks = backgroundTasks('slack answer failed', log);

  app.use(({ next }) => {
    const handling = next().finally(() => unacknowledged.delete(handling));
    unacknowledged.add(handling);
    return handling;
  });

  /** The connection may be closed by now. What was asked for is done all the same. */
  async function acknowledge(ack: () => Promise<unknown>): Promise<void> {
    await ack().catch((error: unknown) => log.warn(errorFields(error), 'slack not acknowledged'));
  }

  app.command(/^/, async ({ ack, body }) => {
    await acknowledge(ack);
    const input = readSlashCommand(body);
    if (!input) return;
    tasks.add(once(input.key, () => conversation.run(input, parseSlashCommand(input, options))));
  });

  app.action(/^/, async ({ ack, body }) => {
    await acknowledge(ack);
    const input = readButtonPress(body);
    const requested = input && commandOfPress(input.action);
    if (requested) tasks.add(once(input.key, () => conversation.run(input, requested)));
  });

  app.shortcut(LOG_THIS, async ({ ack, body }) => {
    await acknowledge(ack);
    const input = readShortcut(body);
    if (input) tasks.add(once(input.key, () => logMessage(input)));
  });

  for (const { id, command } of globalShortcuts) {
    app.shortcut(id, async ({ ack, body }) => {
      await acknowledge(ack);
      const input = readGlobalShortcut(body);
      const requested = { command, args: { [FORM]: 'yes' } };
      if (input) tasks.add(once(input.key, () => conversation.run(input, requested)));
    });
  }

  async function logMessage(input: MessageShortcut): Promise<void> {
    const { team, message } = input;
    const { user } = message;
    const lookup = clients.of(team).then(async (client) => {
      if (client && user) await users.get(team, user, client);
    });
    await withTimeout(AUTHOR_TIMEOUT_MS, lookup).catch(() => {});
    const author = user === undefined ? undefined : users.nameOf(team, user);
    await conversation.run(input, logMessageCommand({ ...message, author }));
  }

  app.view(/^/, async ({ ack, body }) => {
    const input = readFormSubmission(body);
    if (!input) return acknowledge(() => ack());
    // Not part of the result, which is remembered long after: it holds all that the answer is rendered with.
    const late: { work?: () => Promise<void> } = {};
    const answer = await once(input.key, async () => {
      const submitted = await conversation.submit(input);
      // A form with errors can be submitted again from the same view.
      if (submitted.ack.response_action === 'errors') forget(input.key);
      late.work = submitted.after;
      return submitted.ack;
    });
    await acknowledge(() => ack(answer));
    if (late.work) tasks.add(late.work());
  });

  app.options(/^/, async ({ ack, body }) => {
    const input = readAutocomplete(body);
    const options = input ? await suggest(input, deps) : [];
    await acknowledge(() => ack({ options }));
  });

  for (const name of ['message', 'app_mention']) {
    app.event(name, async ({ body }) => {
      const input = readMessage(body);
      if (input) tasks.add(once(input.key, () => conversation.answer(input)));
    });
  }

  app.event('app_home_opened', async ({ body }) => {
    const input = readHomeOpened(body);
    if (input) tasks.add(once(input.key, () => homes.open(input)));
  });

  app.event('user_change', async ({ body }) => {
    const change = readUserChange(body);
    if (change) tasks.add(noteUserChange(change, deps));
  });

  for (const name of ['app_uninstalled', 'tokens_revoked']) {
    app.event(name, async ({ body }) => {
      const input = readUninstall(body);
      if (input && installs) tasks.add(installs.removeToken(input.holder, input.at));
    });
  }

  for (const name of ['team_access_granted', 'team_access_revoked']) {
    app.event(name, async ({ body }) => {
      const access = readTeamAccess(body);
      if (access && installs) tasks.add(installs.changeAccess(access));
    });
  }

  app.error(async (error) => log.warn(errorFields(error), 'slack sent what cannot be read'));

  return {
    acknowledged: () => withTimeout(ACKNOWLEDGE_TIMEOUT_MS, Promise.allSettled(unacknowledged)),
    stop() {
      stopRefreshing();
      homes.stop();
      return tasks.drain();
    },
  };
}
