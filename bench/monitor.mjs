// Records what is sent to MongoDB, by the driver's command monitoring:
// https://www.mongodb.com/docs/drivers/node/current/monitoring-and-logging/monitoring/
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

/**
 * Records the commands of every client that `open` creates. Recording costs time, so do not measure meanwhile.
 * @returns what `open` returned, and the commands so far, in order. The caller may empty the list.
 */
export async function monitored(open) {
  const recorded = [];
  const { MongoClient } = mongoose.mongo;
  const connect = MongoClient.prototype.connect;
  MongoClient.prototype.connect = function () {
    this.monitorCommands = true;
    this.on('commandStarted', ({ commandName: name, command }) =>
      recorded.push({
        name,
        collection: command[name],
        filter: command.filter ?? command.updates?.[0]?.q,
        documents: (command.documents ?? command.updates?.map(({ u }) => u))?.map(asSent),
      }),
    );
    return connect.call(this);
  };
  try {
    return { opened: await open(), recorded };
  } finally {
    MongoClient.prototype.connect = connect;
  }
}

/** A document of mongoose's as the plain object that the server gets. */
const asSent = (document) => BSON.deserialize(BSON.serialize(document));
