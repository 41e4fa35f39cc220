import {
  Cluster,
  type ClusterOptions,
  type DNSLookupFunction,
  Redis,
  type RedisOptions,
} from 'ioredis';
import type { RedisAddress } from '../../config/redis-address.ts';

/** A connection to a Redis server, to Sentinels, or to a cluster. */
export type RedisClient = Redis | Cluster;

/** The longest wait between two attempts to reconnect (ms): Redis is used again this soon after it is back. */
const MAX_RECONNECT_DELAY_MS = 500;
/** How long one attempt to connect may take (ms). */
const CONNECT_TIMEOUT_MS = 2_000;

/** Options of one connection. `replyMapping` is left out: it would change the types of all replies. */
type NodeOptions = Omit<RedisOptions, 'replyMapping'>;

/** What the constructors of ioredis take: options of one connection, or nodes and options of a cluster. */
export type ConnectionOptions =
  | { options: NodeOptions }
  | {
      nodes: { host: string; port: number }[];
      options: Pick<ClusterOptions, 'clusterRetryStrategy' | 'dnsLookup'> & {
        redisOptions: NodeOptions;
      };
    };

const retry = (times: number) => Math.min(times * 100, MAX_RECONNECT_DELAY_MS);

/** Turns an address into ioredis options. Lost connections are restored automatically; commands wait for that without a limit. */
export function connectionOptions(address: RedisAddress): ConnectionOptions {
  const { kind, hosts, tls, username, password, database, master } = address;
  const each: NodeOptions = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    // BullMQ requires this (https://docs.bullmq.io/guide/going-to-production).
    maxRetriesPerRequest: null,
  };
  const nodes = hosts.map((host) => ({ ...host }));
  if (kind === 'cluster') {
    // Certificates contain host names, so TLS has to see the name and not the resolved address
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

/** Starts to connect to Redis, and reconnects whenever the connection is lost. */
export function connectRedis(address: RedisAddress): RedisClient {
  const given = connectionOptions(address);
  return 'nodes' in given ? new Cluster(given.nodes, given.options) : new Redis(given.options);
}
