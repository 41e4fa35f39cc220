import {
  Cluster,
  type ClusterOptions,
  type DNSLookupFunction,
  Redis,
  type RedisOptions,
} from 'ioredis';
import type { RedisAddress } from '../../config/redis-address.ts';

/** A connection to Redis, whatever stands behind it. */
export type RedisClient = Redis | Cluster;

/** The longest wait between two attempts to connect again (ms): Redis is used again this soon after it is back. */
const RECONNECT_MS = 500;
/** An attempt to connect that takes longer is given up and made again (ms). */
const CONNECT_MS = 2_000;

/** Options of one connection. The shape of replies stays the driver's own. */
type OneOptions = Omit<RedisOptions, 'replyMapping'>;

/** What ioredis is given: options of one connection, or nodes and options of a cluster. */
export type ConnectionOptions =
  | { options: OneOptions }
  | {
      nodes: { host: string; port: number }[];
      options: Pick<ClusterOptions, 'clusterRetryStrategy' | 'dnsLookup'> & {
        redisOptions: OneOptions;
      };
    };

const retry = (times: number) => Math.min(times * 100, RECONNECT_MS);

/** Turns an address into ioredis options. Connections come back by themselves; a command waits for that, without end. */
export function connectionOptions(address: RedisAddress): ConnectionOptions {
  const { kind, hosts, tls, username, password, database, master } = address;
  const each: OneOptions = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    connectTimeout: CONNECT_MS,
    // What BullMQ asks for: a blocking command outlives a lost connection.
    maxRetriesPerRequest: null,
  };
  const nodes = hosts.map((host) => ({ ...host }));
  if (kind === 'cluster') {
    // Certificates carry names, so names are not resolved before TLS has seen them
    // (https://github.com/redis/ioredis#special-note-aws-elasticache-clusters-with-tls).
    const dnsLookup: DNSLookupFunction = (host, found) => found(null, host);
    const named = tls ? { dnsLookup } : {};
    return { nodes, options: { redisOptions: each, clusterRetryStrategy: retry, ...named } };
  }
  const one = { ...each, db: database, retryStrategy: retry };
  if (kind === 'server') return { options: { ...one, ...nodes[0] } };
  return {
    options: {
      ...one,
      sentinels: nodes,
      name: master,
      sentinelRetryStrategy: retry,
      ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
    },
  };
}

/** Starts to connect to Redis, and connects again whenever the connection is lost. */
export function connectRedis(address: RedisAddress): RedisClient {
  const given = connectionOptions(address);
  return 'nodes' in given ? new Cluster(given.nodes, given.options) : new Redis(given.options);
}
