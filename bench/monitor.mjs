// What is sent to the store, by the driver's command monitoring:
// https://www.mongodb.com/docs/drivers/node/current/monitoring-and-logging/monitoring/
import mongoose from 'mongoose';

/**
 * Listens to every store client that `open` makes. Listening costs time of its own: nothing is measured meanwhile.
 * @returns what `open` returned, and the commands heard so far, in order; the list may be emptied.
 */
export async function monitored(open) {
  const heard = [];
  const { MongoClient } = mongoose.mongo;
  const connect = MongoClient.prototype.connect;
  MongoClient.prototype.connect = function () {
    this.monitorCommands = true;
    this.on('commandStarted', ({ commandName: name, command }) =>
      heard.push({
        name,
        collection: command[name],
        filter: command.filter ?? command.updates?.[0]?.q,
        documents: command.documents ?? command.updates?.map(({ u }) => u),
      }),
    );
    return connect.call(this);
  };
  try {
    return { opened: await open(), heard };
  } finally {
    MongoClient.prototype.connect = connect;
  }
}
