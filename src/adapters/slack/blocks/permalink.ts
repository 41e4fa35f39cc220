/** A message's address, as Slack's "Copy link" gives it. */
export function permalink(
  domain: string,
  channelId: string,
  { ts, thread_ts: thread }: { ts: string; thread_ts?: string | undefined },
): string | undefined {
  if (!/^[a-z0-9-]+$/.test(domain) || !/^\d+\.\d+$/.test(ts)) return undefined;
  const at = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return thread === undefined || !/^\d+\.\d+$/.test(thread) || thread === ts
    ? at
    : `${at}?thread_ts=${thread}&cid=${channelId}`;
}
