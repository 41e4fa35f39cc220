import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, LogLevel } from '@slack/bolt';
import express from 'express';
import mongoose from 'mongoose';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { clientOptions } from '../../../src/adapters/slack/connection/clients.ts';
import { installations } from '../../../src/adapters/slack/installing/installation-row.ts';
import { createInstalls, type Installs } from '../../../src/adapters/slack/installing/installs.ts';
import { type OAuthOptions, oauthRoutes } from '../../../src/adapters/slack/installing/oauth.ts';
import { oauthStates, usedStates } from '../../../src/adapters/slack/installing/oauth-states.ts';
import type { LogFields } from '../../../src/core/base/log.ts';
import { sealer } from '../../../src/core/base/sealer.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import type { Stores } from '../../../src/core/ports/store.ts';
import { startTestServer } from '../../contracts/store/server.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { atEnd } from '../../fixtures/at-end.ts';

/** A Slack double, a store, and the pages on which workspaces install Convenor. */
export interface InstallHarness {
  slack: SlackDouble;
  stores: Stores;
  keys: Uint8Array[];
  kept: Installs;
  /** The address at which an installation begins. */
  link: string;
  /** What Bolt and Convenor have logged. */
  logged: string[];
  /** The stored rows of a collection, as text. */
  raw(collection: string): Promise<string>;
  /** The installations as another process reads them from the same store. */
  another(keys?: Uint8Array[]): Installs;
}

const clock = { now: () => new Date() };

/** Starts everything anew for one test. @param app another id or secret of the app. */
export async function startInstallHarness(
  app: { clientId?: string; clientSecret?: string } = {},
): Promise<InstallHarness> {
  const slack = await startSlack();
  atEnd(() => slack.close());
  const server = await startTestServer();
  atEnd(() => server.stop());
  const database = server.database();
  const declarations = [...collections, installations, usedStates];
  const connected = await connectStores({ uri: server.uri, database, declarations });
  atEnd(() => connected.close());
  const raw = await mongoose.createConnection(server.uri, { dbName: database }).asPromise();
  atEnd(() => raw.close());

  const { stores } = connected;
  const keys: Uint8Array[] = [randomBytes(32)];
  const another = (others = keys) => createInstalls({ stores, sealer: sealer(others), clock });
  const kept = another();
  const logged: string[] = [];
  const states = oauthStates({ stores, sealer: sealer(keys) });
  const take = (fields: LogFields, event: string) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const { clientId, clientSecret } = slack.app;
  const link = await pages({
    ...{ clientId, clientSecret, installs: kept, states },
    clientOptions: clientOptions(slack.apiUrl),
    logger: loggerInto(logged),
    log: { info: take, warn: take, error: take },
    ...app,
  });
  return {
    slack,
    stores,
    keys,
    kept,
    link,
    logged,
    another,
    raw: async (name) => JSON.stringify(await raw.collection(name).find().toArray()),
  };
}

/** Serves the pages on a port of their own. @returns the address at which an installation begins. */
async function pages(options: Omit<OAuthOptions, 'signingSecret' | 'publicUrl'>): Promise<string> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => new Promise((resolve) => server.close(resolve)));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app.use(oauthRoutes({ ...options, signingSecret: 'signing-secret', publicUrl }));
  return `${publicUrl}/slack/install`;
}

/** Collects all log lines but Bolt's debug lines, which contain the client's secret. */
function loggerInto(lines: string[]): Logger {
  const take = (...words: unknown[]) => void lines.push(words.map(String).join(' '));
  return {
    debug() {},
    info: take,
    warn: take,
    error: take,
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
