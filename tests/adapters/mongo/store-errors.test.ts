import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { bulkResultOf, toConflict, troubleOf } from '../../../src/adapters/mongo/store-errors.ts';
import { ConflictError, StoreError } from '../../../src/core/ports/store.ts';

const secret = 'what Jane said';

/** What the driver throws when some operations of an unordered bulk failed. */
function bulk(codes: readonly number[], concern?: { code: number; errmsg: string }) {
  const writeErrors = codes.map(
    (code, index) => ({ index: index * 2, code, errmsg: secret }) as unknown as mongo.WriteError,
  );
  const result = { getWriteConcernError: () => concern, matchedCount: 4 };
  return new mongo.MongoBulkWriteError(
    {
      message: writeErrors.length > 0 ? secret : 'connection lost',
      code: codes[0] ?? 0,
      writeErrors,
    },
    result as unknown as mongo.BulkWriteResult,
  );
}

const thrownBy = (error: unknown) => {
  try {
    return bulkResultOf(error);
  } catch (thrown) {
    return String(thrown);
  }
};

describe('the operations that a bulk left out', () => {
  it('are returned when only their keys were taken', () => {
    const matchedCount = 4;
    expect(bulkResultOf(bulk([11000]))).toEqual({ matchedCount, conflicts: new Set([0]) });
    expect(bulkResultOf(bulk([11000, 11000, 11000]))).toEqual({
      matchedCount,
      conflicts: new Set([0, 2, 4]),
    });
  });

  it('are not returned when anything else went wrong; the error names codes, not rows', () => {
    const start = 'Error: The server did not take all rows: ';
    expect(thrownBy(bulk([11000, 10334, 10334, 14031]))).toBe(`${start}code 10334, 14031`);
    expect(thrownBy(bulk([]))).toBe(`${start}connection lost`);
    const errmsg = 'waiting for replication timed out';
    expect(thrownBy(bulk([11000], { code: 64, errmsg }))).toBe(`${start}${errmsg}`);
  });

  it('other errors come through without the rows that mongoose attaches', () => {
    const error = Object.assign(new Error('no server'), { results: [secret], insertedDocs: [] });
    expect(() => bulkResultOf(error)).toThrow(error);
    expect(Object.keys(error)).toEqual([]);
    expect(() => bulkResultOf('odd')).toThrow('odd');
  });
});

describe('the error of a single write', () => {
  it('is a ConflictError when a key was taken, else the original', () => {
    expect(toConflict('things', new mongo.MongoServerError({ code: 11000 }))).toEqual(
      new ConflictError('things'),
    );
    const other = new mongo.MongoServerError({ code: 112 });
    expect(toConflict('things', other)).toBe(other);
    const posed = Object.assign(new Error('mine'), { code: 11000 });
    expect(toConflict('things', posed)).toBe(posed);
  });
});

describe('trouble of the server', () => {
  const trouble = (error: unknown) => troubleOf(error, 'db.example:27017');

  it.each([
    [14031, 'full', 'The disk of the MongoDB at db.example:27017 is full. Make room there'],
    [13, 'read-only', 'Give it the role readWrite'],
    [10107, 'read-only', 'is not the primary of its replica set'],
    [371, 'read-only', 'blocks all writes'],
    [64, 'unreachable', 'Too few members of the replica set at db.example:27017 answer'],
  ])('is a StoreError with the remedy: code %d is %s', (code, name, sentence) => {
    const error = trouble(new mongo.MongoServerError({ code, errmsg: secret }));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ trouble: name, message: expect.stringContaining(sentence) });
    expect(String(error)).not.toContain(secret);
  });

  it('is found in the error of a bulk', () => {
    for (const error of [
      bulk([11000, 10334, 14031]),
      bulk([], { code: 64, errmsg: 'timed out' }),
    ]) {
      let thrown: unknown;
      try {
        bulkResultOf(error);
      } catch (reason) {
        thrown = reason;
      }
      expect(trouble(thrown)).toBeInstanceOf(StoreError);
    }
  });

  it('says that the server cannot be reached, and why', () => {
    expect(trouble(new mongo.MongoNetworkError('connection 7 closed'))).toMatchObject({
      trouble: 'unreachable',
      message: expect.stringContaining('(connection 7 closed)'),
    });
  });

  it('is nothing else', () => {
    for (const error of [new mongo.MongoServerError({ code: 8 }), new TypeError('a row'), 'odd']) {
      expect(trouble(error)).toBeUndefined();
    }
  });
});
