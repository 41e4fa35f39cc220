import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { leftOut, translated } from '../../../src/adapters/mongo/write-errors.ts';
import { ConflictError } from '../../../src/core/ports/store.ts';

const secret = 'what Jane said';

/** What the driver throws when some rows of an unordered insert failed. */
function bulk(codes: readonly number[], concern?: string) {
  const writeErrors = codes.map(
    (code, index) => ({ index: index * 2, code, errmsg: secret }) as unknown as mongo.WriteError,
  );
  const result = { getWriteConcernError: () => concern && { errmsg: concern } };
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
    return leftOut(error);
  } catch (thrown) {
    return String(thrown);
  }
};

describe('the rows that an insert of many left out', () => {
  it('are returned when only their keys were taken', () => {
    expect(leftOut(bulk([11000]))).toEqual(new Set([0]));
    expect(leftOut(bulk([11000, 11000, 11000]))).toEqual(new Set([0, 2, 4]));
  });

  it('are not returned when anything else went wrong; the error names codes, not rows', () => {
    const start = 'Error: The server did not take all rows of an insert: ';
    expect(thrownBy(bulk([11000, 10334, 10334, 14031]))).toBe(`${start}code 10334, 14031`);
    expect(thrownBy(bulk([]))).toBe(`${start}connection lost`);
    expect(thrownBy(bulk([11000], 'waiting for replication timed out'))).toBe(
      `${start}waiting for replication timed out`,
    );
  });

  it('other errors come through without the rows that mongoose attaches', () => {
    const error = Object.assign(new Error('no server'), { results: [secret], insertedDocs: [] });
    expect(() => leftOut(error)).toThrow(error);
    expect(Object.keys(error)).toEqual([]);
    expect(() => leftOut('odd')).toThrow('odd');
  });
});

describe('the error of a single write', () => {
  it('is a Conflict when a key was taken, else the original', () => {
    expect(translated('things', new mongo.MongoServerError({ code: 11000 }))).toEqual(
      new ConflictError('things'),
    );
    const other = new mongo.MongoServerError({ code: 112 });
    expect(translated('things', other)).toBe(other);
    const posed = Object.assign(new Error('mine'), { code: 11000 });
    expect(translated('things', posed)).toBe(posed);
  });
});
