/** Where Redis is, read from `REDIS_URL`. */
export interface RedisAddress {
  /** One server; the sentinels that know which server is the master; or the first nodes of a cluster. */
  kind: 'server' | 'sentinel' | 'cluster';
  hosts: readonly { host: string; port: number }[];
  /** TLS on every connection (`rediss`). */
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  /** The numbered database; a cluster has only 0. */
  database: number;
  /** The name under which the sentinels know the master; empty elsewhere. */
  master: string;
}

const PORTS = { server: 6379, sentinel: 26379, cluster: 6379 } as const;
const HIGHEST_PORT = 65_535;

const ADDRESS =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<login>[^\s@/?#]*)@)?(?<hosts>[^\s@/?#]+)(?:\/(?<path>[^\s?#]*))?$/;
const HOST = /^(?:\[(?<six>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i;

/**
 * Reads a Redis address: `redis://` or `rediss://` (TLS), with user, password and database where needed;
 * `redis+sentinel://host1,host2/mymaster`; `redis+cluster://host1,host2`.
 * @returns undefined when it is none.
 */
export function readRedisAddress(url: string): RedisAddress | undefined {
  const parts = ADDRESS.exec(url)?.groups;
  if (!parts) return undefined;
  const kind = (parts.kind ?? 'server') as RedisAddress['kind'];
  const hosts = (parts.hosts ?? '').split(',').map((text) => readHost(text, PORTS[kind]));
  const login = readLogin(parts.login);
  const place = readPath(kind, parts.path ?? '');
  const known = hosts.filter((host) => host !== undefined);
  if (!login || !place || known.length < hosts.length) return undefined;
  if (kind === 'server' && hosts.length > 1) return undefined;
  return { kind, hosts: known, tls: parts.tls === 's', ...login, ...place };
}

function readHost(text: string, usual: number): { host: string; port: number } | undefined {
  const parts = HOST.exec(text)?.groups;
  const port = Number(parts?.port ?? usual);
  if (!parts || port < 1 || port > HIGHEST_PORT) return undefined;
  return { host: parts.six ?? parts.name ?? '', port };
}

/** `user:password`, each percent-encoded where it has marks of its own; a user may be left out. */
function readLogin(text = ''): Pick<RedisAddress, 'username' | 'password'> | undefined {
  const [username = '', ...rest] = text.split(':');
  try {
    return {
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(rest.join(':')) || undefined,
    };
  } catch {
    return undefined;
  }
}

/** After the hosts: a database; for sentinels the master's name and perhaps a database; for a cluster nothing. */
function readPath(
  kind: RedisAddress['kind'],
  path: string,
): Pick<RedisAddress, 'master' | 'database'> | undefined {
  const [first = '', second = '', ...more] = path.split('/');
  const [master, database] = kind === 'sentinel' ? [first, second] : ['', first];
  if (more.length > 0 || (kind === 'sentinel' ? master === '' : second !== '')) return undefined;
  if (!/^\d{0,4}$/.test(database) || (kind === 'cluster' && Number(database) > 0)) return undefined;
  return { master, database: Number(database) };
}
