import { describe, expect, it } from 'vitest';
import { type RedisAddress, readRedisAddress } from '../../src/config/redis-address.ts';
import { connectionOptions } from '../../src/jobs/queue/redis-connection.ts';

const plain = { tls: false, username: undefined, password: undefined, database: 0, master: '' };
const here = { host: '127.0.0.1', port: 6379 };

describe('a Redis address is read', () => {
  it.each<[string, Partial<RedisAddress>]>([
    ['redis://127.0.0.1', { kind: 'server', hosts: [here] }],
    ['redis://127.0.0.1:6380', { hosts: [{ host: '127.0.0.1', port: 6380 }] }],
    ['redis://[::1]:6380/3', { hosts: [{ host: '::1', port: 6380 }], database: 3 }],
    ['redis://redis.example.org/', { hosts: [{ host: 'redis.example.org', port: 6379 }] }],
    ['rediss://127.0.0.1', { tls: true, hosts: [here] }],
    ['redis://:p%40ss@127.0.0.1', { password: 'p@ss', hosts: [here] }],
    ['redis://me:a:b@127.0.0.1/1', { username: 'me', password: 'a:b', database: 1, hosts: [here] }],
    [
      'redis+sentinel://one:26379,two/mymaster',
      {
        kind: 'sentinel',
        hosts: [
          { host: 'one', port: 26379 },
          { host: 'two', port: 26379 },
        ],
        master: 'mymaster',
      },
    ],
    [
      'rediss+sentinel://:secret@one/mymaster/2',
      {
        kind: 'sentinel',
        hosts: [{ host: 'one', port: 26379 }],
        master: 'mymaster',
        database: 2,
        password: 'secret',
        tls: true,
      },
    ],
    [
      'redis+cluster://one:7000,two:7001',
      {
        kind: 'cluster',
        hosts: [
          { host: 'one', port: 7000 },
          { host: 'two', port: 7001 },
        ],
      },
    ],
  ])('%s', (url, expected) => {
    expect(readRedisAddress(url)).toEqual({ ...plain, kind: 'server', ...expected });
  });

  it.each([
    ['127.0.0.1:6379'],
    ['http://127.0.0.1:6379'],
    ['redis://'],
    ['redis:// host'],
    ['redis://one,two'],
    ['redis://one:0'],
    ['redis://one:65536'],
    ['redis://one:6379/zero'],
    ['redis://one/0/1'],
    ['redis://one?db=1'],
    ['redis://%zz@one'],
    ['redis+sentinel://one:26379'],
    ['redis+sentinel://one/mymaster/two'],
    ['redis+cluster://one/1'],
    ['redis+cluster://one,,two'],
    ['redis+other://one'],
  ])('and not %s', (url) => {
    expect(readRedisAddress(url)).toBeUndefined();
  });
});

describe('the driver is given', () => {
  const optionsOf = (url: string) => connectionOptions(readRedisAddress(url) as RedisAddress);

  it('one server', () => {
    expect(optionsOf('redis://me:secret@127.0.0.1:6380/2')).toMatchObject({
      options: {
        host: '127.0.0.1',
        port: 6380,
        db: 2,
        username: 'me',
        password: 'secret',
        maxRetriesPerRequest: null,
      },
    });
    expect(optionsOf('redis://one').options).not.toHaveProperty('tls');
    expect(optionsOf('rediss://one').options).toHaveProperty('tls');
  });

  it('sentinels, asked over TLS where Redis is', () => {
    expect(optionsOf('redis+sentinel://one,two:1/mymaster/2').options).toMatchObject({
      sentinels: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 1 },
      ],
      name: 'mymaster',
      db: 2,
    });
    expect(optionsOf('rediss+sentinel://one/mymaster').options).toMatchObject({
      tls: {},
      sentinelTLS: {},
      enableTLSForSentinelMode: true,
    });
  });

  it('the nodes of a cluster, with the options of each', () => {
    expect(optionsOf('rediss+cluster://:secret@one,two')).toMatchObject({
      nodes: [
        { host: 'one', port: 6379 },
        { host: 'two', port: 6379 },
      ],
      options: { redisOptions: { password: 'secret', tls: {}, maxRetriesPerRequest: null } },
    });
  });

  it.each(['redis://one', 'redis+sentinel://one/mymaster'])('%s: it never gives up', (url) => {
    const { options } = optionsOf(url) as { options: { retryStrategy(times: number): number } };
    expect(options.retryStrategy(1)).toBeLessThanOrEqual(500);
    expect(options.retryStrategy(100_000)).toBe(500);
  });
});
