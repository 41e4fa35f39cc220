import { App, LogLevel } from '@slack/bolt';
import mongoose from 'mongoose';
import { SIGNING_SECRET } from './slack-end.mjs';
import { makeTwins, operations } from './twins.mjs';

/**
 * A Bolt app whose handler only makes the given driver operations, if any, and acknowledges with a word.
 * @param {boolean} ackFirst whether it acknowledges before it makes them.
 */
export async function openBareBolt({ store, commands, port, ackFirst = false }) {
  const client = await new mongoose.mongo.MongoClient(store, { maxPoolSize: 20 }).connect();
  const db = client.db('convenor');
  const whose = ackFirst ? 'acking' : 'bare';
  await makeTwins(db, commands, whose);
  const app = new App({
    signingSecret: SIGNING_SECRET,
    authorize: async () => ({}),
    logLevel: LogLevel.ERROR,
  });
  let count = 0;
  app.command('/convenor', async ({ ack }) => {
    if (ackFirst) await ack('Noted.');
    await operations(db, commands, count++, whose);
    if (!ackFirst) await ack('Noted.');
  });
  await app.start({ port, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await app.stop();
      await client.close();
    },
  };
}
