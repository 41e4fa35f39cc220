// What one `log` sends to the store, by the driver's command monitoring:
// https://www.mongodb.com/docs/drivers/node/current/monitoring-and-logging/monitoring/
import mongoose from 'mongoose';
import { post } from './client.mjs';
import { openPlayground } from './playground.mjs';

/** @returns {Promise<{ name: string, collection: string, filter?: object, documents?: object[] }[]>} in order. */
export async function commandsOfLog() {
  const heard = [];
  // Every client made from here on tells of its commands; only ours are made.
  const { MongoClient } = mongoose.mongo;
  const connect = MongoClient.prototype.connect;
  MongoClient.prototype.connect = function () {
    this.on('commandStarted', ({ commandName, command }) => heard.push([commandName, command]));
    return connect.call(this);
  };
  const open = await openPlayground(() => {});
  MongoClient.prototype.connect = connect;
  await say(open.url, 'log groundwork uk rang them');
  heard.length = 0;
  await say(
    open.url,
    'log groundwork uk talked about the fair how:call next:"send it" by:"in 2 weeks"',
  );
  const commands = heard.map(([name, command]) => ({
    name,
    collection: command[name],
    filter: command.filter ?? command.updates?.[0]?.q,
    documents: command.documents ?? command.updates?.map(({ u }) => u),
  }));
  await open.stop();
  return commands;
}

function say(url, text) {
  return post(`${url}/playground/say`, { as: 'tom', place: 'dm', text });
}
