/** A parsed `REDIS_URL`. */
export interface RedisAddress {
  /** What `hosts` are: one server, the sentinels that know the master, or the first nodes of a cluster. */
  kind: 'server' | 'sentinel' | 'cluster';
  hosts: readonly { host: string; port: number }[];
  /** TLS on every connection (`rediss`). */
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  /** The numbered database; a cluster has only 0. */
  database: number;
  /** The master's name among the sentinels; empty for the other kinds. */
  master: string;
}

const DEFAULT_PORTS = { server: 6379, sentinel: 26379, cluster: 6379 } as const;
const MAX_PORT = 65_535;

const ADDRESS_PATTERN =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<login>[^\s@/?#]*)@)?(?<hosts>[^\s@/?#]+)(?:\/(?<path>[^\s?#]*))?$/;
const HOST_PATTERN = /^(?:\[(?<six>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i;

/**
 * Reads a Redis address: `redis://` or `rediss://` (TLS), with user, password and database where needed;
 * `redis+sentinel://host1,host2/mymaster`; `redis+cluster://host1,host2`.
 * @returns undefined for any other text.
 */
export function readRedisAddress(url: string): RedisAddress | undefined {
  const parts = ADDRESS_PATTERN.exec(url)?.groups;
  if (!parts) return undefined;
  const kind = (parts.kind ?? 'server') as RedisAddress['kind'];
  const hosts = (parts.hosts ?? '').split(',').map((text) => readHost(text, DEFAULT_PORTS[kind]));
  const login = readLogin(parts.login);
  const place = readPath(kind, parts.path ?? '');
  const known = hosts.filter((host) => host !== undefined);
  if (!login || !place || known.length < hosts.length) return undefined;
  if (kind === 'server' && hosts.length > 1) return undefined;
  return { kind, hosts: known, tls: parts.tls === 's', ...login, ...place };
}

function readHost(text: string, usual: number): { host: string; port: number } | undefined {
  const parts = HOST_PATTERN.exec(text)?.groups;
  const port = Number(parts?.port ?? usual);
  if (!parts || port < 1 || port > MAX_PORT) return undefined;
  return { host: parts.six ?? parts.name ?? '', port };
}

/** Reads `user:password`, both percent-encoded; the user may be left out. */
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

/** Reads what follows the hosts: a database; for sentinels the master's name and an optional database; for a cluster nothing. */
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
