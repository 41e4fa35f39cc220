const ADDRESS_PATTERN =
  /^mongodb(?<srv>\+srv)?:\/\/(?:(?<login>[^\s@/?#]*)@)?(?<hosts>[^\s@/?#]+)(?:\/(?<database>[^\s/\\."$*<>:|?]*))?(?:\?(?<options>[^\s#]*))?$/;
const HOST_PATTERN = /^(?:\[[\da-f:.]+\]|[\w.-]+|%2[fF][\w.%-]+)(?::(?<port>\d{1,5}))?$/i;
const MAX_PORT = 65_535;

/**
 * Whether a text can be a MongoDB connection string: the driver's errors about one may repeat a password.
 * https://www.mongodb.com/docs/manual/reference/connection-string/
 */
export function isMongodbAddress(text: string): boolean {
  const parts = ADDRESS_PATTERN.exec(text)?.groups;
  if (!parts) return false;
  const hosts = (parts.hosts ?? '').split(',').map((host) => HOST_PATTERN.exec(host));
  const ports = hosts.map((host) => Number(host?.groups?.port ?? 1));
  const isSrv = parts.srv !== undefined;
  if (isSrv && (hosts.length > 1 || hosts[0]?.groups?.port !== undefined)) return false;
  return (
    hosts.every((host) => host !== null) &&
    ports.every((port) => port >= 1 && port <= MAX_PORT) &&
    [parts.login, parts.database].every(isDecodable) &&
    (parts.options ?? '').split('&').every((option) => option === '' || /^\w+=.+$/.test(option))
  );
}

function isDecodable(text = ''): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
