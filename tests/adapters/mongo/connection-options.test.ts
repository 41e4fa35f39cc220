import { createConnection } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { connectionOptions } from '../../../src/adapters/mongo/connection-options.ts';

describe('connection options', () => {
  it.each([
    ['mongodb://host', 'convenor'],
    ['mongodb://host/', 'convenor'],
    ['mongodb://host/?maxPoolSize=3', 'convenor'],
    ['mongodb://user:p%2Fw@one:1,two:2/?replicaSet=x', 'convenor'],
    ['mongodb://host/theirs', undefined],
    ['mongodb+srv://user:pw@host/theirs?w=1', undefined],
    ['mongodb://%2Ftmp%2Fstore.sock/theirs', undefined],
  ])('to %s: database %s unless it names one', (uri, dbName) => {
    expect(connectionOptions(uri).dbName).toBe(dbName);
    expect(connectionOptions(uri, 'mine').dbName).toBe('mine');
  });

  it('lets the connection string set limits, but not the options on which correctness depends', async () => {
    const uri =
      'mongodb://127.0.0.1:1/x?maxPoolSize=3&SERVERSELECTIONTIMEOUTMS=100&w=0&readPreference=secondary';
    const connection = createConnection(uri, connectionOptions(uri));
    await expect(connection.asPromise()).rejects.toThrow('ECONNREFUSED');
    const { options, writeConcern, readPreference } = connection.getClient();
    expect(options).toMatchObject({ maxPoolSize: 3, serverSelectionTimeoutMS: 100 });
    expect(options).toMatchObject({ socketTimeoutMS: 30_000, waitQueueTimeoutMS: 10_000 });
    expect(writeConcern?.w).toBe('majority');
    expect(readPreference.mode).toBe('primary');
    await connection.close();
  });
});
