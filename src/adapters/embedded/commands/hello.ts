import { MAX_DOCUMENT } from '../bson/accept.ts';
import { MAX_MESSAGE } from '../wire/message.ts';
import type { Command } from './context.ts';

/** The most statements in one insert, update or delete. */
export const MAX_BATCH = 100_000;

/**
 * Poses as a standalone of MongoDB 4.4. What the client says about itself is not looked at.
 * https://www.mongodb.com/docs/manual/reference/command/hello/
 */
export const hello: Command = ({ name }) => ({
  [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
  helloOk: true,
  maxBsonObjectSize: MAX_DOCUMENT,
  maxMessageSizeBytes: MAX_MESSAGE,
  maxWriteBatchSize: MAX_BATCH,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 9,
  readOnly: false,
  ok: 1,
});

/** https://www.mongodb.com/docs/manual/reference/command/ping/ */
export const ping: Command = () => ({ ok: 1 });

/** Sessions hold nothing here, so there is nothing to end. */
export const endSessions: Command = () => ({ ok: 1 });

/** https://www.mongodb.com/docs/manual/reference/command/buildInfo/ */
export const buildInfo: Command = () => ({
  version: '4.4.0',
  versionArray: [4, 4, 0, 0],
  gitVersion: 'convenor-embedded',
  modules: [],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT,
  ok: 1,
});
