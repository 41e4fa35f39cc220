import type { App } from '@slack/bolt';
import { backgroundTasks } from '../../core/async/background-tasks.ts';
import { dedupe } from '../../core/async/dedupe.ts';
import { withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields } from '../../core/base/log.ts';
import { logOf } from '../shared/log-this.ts';
import { spoken } from './asked/spoken.ts';
import { pressed } from './button.ts';
import { choicesFor } from './choices.ts';
import { conversation } from './conversation.ts';
import type { HeardShortcut } from './heard.ts';
import { homesOver } from './home/home.ts';
import type { Installs } from './install.ts';
import { heardUninstall } from './installing/uninstalled.ts';
import { LOG_THIS } from './manifest.ts';
import { peopleOver } from './people.ts';
import {
  heardCommand,
  heardHome,
  heardPress,
  heardQuery,
  heardShortcut,
  heardSubmission,
} from './receive.ts';
import type { Parts } from './scene.ts';

/** How long the author of a message is waited for (ms), before its form opens without their name. */
const AUTHOR_PATIENCE = 500;
/** How long stopping waits until Slack has its answers (ms). */
const LAST_WORDS = 3_000;

export interface ListenOptions extends Omit<Parts, 'people' | 'served' | 'installerOf'> {
  /** What workspaces have installed themselves; undefined in Socket Mode. */
  installs: Installs | undefined;
}

/** What is under way when Convenor is told to stop; each waits for some seconds at most. */
export interface Listening {
  /** Until Slack has its answer to all it has sent: as long as that the connection has to stand. */
  acknowledged(): Promise<unknown>;
  /** Until people have theirs. */
  answered(): Promise<unknown>;
}

/** Puts what Bolt hears to the bot. */
export function listen(app: App, options: ListenOptions): Listening {
  const { installs, log } = options;
  const people = peopleOver(options);
  const parts: Parts = {
    ...options,
    people,
    served: async (team, enterprise) => installs?.served(team, enterprise),
    installerOf: async (team) => installs?.installerOf(team),
  };
  const homes = homesOver(parts);
  const talk = conversation(parts, (heard, scene) => {
    if (heard.on?.kind === 'home') homes.looking(heard, scene);
  });
  const endChanges = options.bot.onChange(homes.changed);
  const { run, forget } = dedupe();
  const hearing = new Set<Promise<unknown>>();
  const { add, drain } = backgroundTasks('slack answer failed', log);

  app.use(({ next }) => {
    const heard = next().finally(() => hearing.delete(heard));
    hearing.add(heard);
    return heard;
  });

  /** Slack's connection may be gone by now; what was asked is done all the same. */
  async function acknowledge(ack: () => Promise<unknown>): Promise<void> {
    await ack().catch((error: unknown) => log.warn(errorFields(error), 'slack not acknowledged'));
  }

  app.command(/^/, async ({ ack, body }) => {
    await acknowledge(ack);
    const heard = heardCommand(body);
    if (!heard) return;
    add(run(heard.key, () => talk.say(heard, spoken(heard, options))));
  });

  app.action(/^/, async ({ ack, body }) => {
    await acknowledge(ack);
    const heard = heardPress(body);
    const asked = heard && pressed(heard.action);
    if (asked) add(run(heard.key, () => talk.say(heard, asked)));
  });

  app.shortcut(LOG_THIS, async ({ ack, body }) => {
    await acknowledge(ack);
    const heard = heardShortcut(body);
    if (heard) add(run(heard.key, () => logMessage(heard)));
  });

  async function logMessage(heard: HeardShortcut): Promise<void> {
    const { team, message } = heard;
    const { user } = message;
    const looked = options.clients.of(team).then(async (client) => {
      if (client && user) await people.of(team, user, client);
    });
    await withTimeout(AUTHOR_PATIENCE, looked).catch(() => {});
    const author = user === undefined ? undefined : people.nameOf(team, user);
    await talk.say(heard, logOf({ ...message, author }));
  }

  app.view(/^/, async ({ ack, body }) => {
    const heard = heardSubmission(body);
    if (!heard) return acknowledge(() => ack());
    const submission = run(heard.key, async () => {
      const { ack: answer, after } = await talk.submit(heard);
      // What has to be mended comes again, changed, from the same view.
      if (answer.response_action === 'errors') forget(heard.key);
      return { answer, after: onlyOnce(after) };
    });
    const { answer, after } = await submission;
    await acknowledge(() => ack(answer));
    add(after());
  });

  app.options(/^/, async ({ ack, body }) => {
    const heard = heardQuery(body);
    const found = heard ? await choicesFor(heard, parts) : [];
    await acknowledge(() => ack({ options: found }));
  });

  app.event('app_home_opened', async ({ body }) => {
    const heard = heardHome(body);
    if (heard) add(run(heard.key, () => homes.opened(heard)));
  });

  app.event('user_change', async ({ body, event }) => people.changed(body.team_id, event.user));

  for (const name of ['app_uninstalled', 'tokens_revoked']) {
    app.event(name, async ({ body }) => {
      const heard = heardUninstall(body);
      if (heard && installs) add(installs.uninstalled(heard.holder, heard.at));
    });
  }

  app.error(async (error) => log.warn(errorFields(error), 'slack sent what cannot be read'));

  return {
    acknowledged: () => withTimeout(LAST_WORDS, Promise.allSettled(hearing)),
    answered() {
      endChanges();
      homes.stop();
      return drain();
    },
  };
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
