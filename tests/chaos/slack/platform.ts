import { type Json, objectOf } from '../../doubles/json.ts';
import { startSlack } from '../../doubles/slack/slack.ts';
import type { Message } from '../../doubles/slack/world.ts';
import type { OpenTestPlatform, PostedMessage } from '../test-platform.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;
const POST = 'chat.postMessage';

/** Slack's double. If the sender goes away before a message is posted, it is not posted. */
export const openSlack: OpenTestPlatform = async (latencyMs) => {
  const slack = await startSlack();
  const { apiUrl, world, faults, app } = slack;
  const team = slack.addTeam();
  const { token: botToken } = slack.installIn(team);
  const users: ReturnType<typeof slack.addUser>[] = [];
  faults.each(POST, () => ({ takes: latencyMs() }));

  const posted: PostedMessage[] = [];
  const readCounts = new Map<string, number>();
  /** The messages posted since the last call. */
  function newMessages(): Message[] {
    return [...world.messages].flatMap(([channel, messages]) => {
      const from = readCounts.get(channel) ?? 0;
      readCounts.set(channel, messages.length);
      return messages.slice(from);
    });
  }

  return {
    identity(index) {
      users[index] ??= slack.addUser(team, { name: `Member ${index}` });
      return { platform: 'slack', workspace: team.id, user: users[index].id };
    },
    adapter: { module: ADAPTER, options: { apiUrl, botToken, appToken: app.appToken } },
    messages() {
      const more = newMessages().map(({ metadata, text, at }) => ({
        ...deliveryIn(metadata),
        text,
        at,
      }));
      posted.push(...more.toSorted((a, b) => a.at - b.at));
      return posted;
    },
    pending: () => deliveriesOf(slack.pending()),
    unanswered: () => deliveriesOf(slack.abandoned),
    async stop() {
      await slack.close();
      if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
    },
  };
};

/** The deliveries that calls post. */
function deliveriesOf(calls: readonly { method: string; args: Json }[]): string[] {
  return calls
    .filter(({ method }) => method === POST)
    .map(({ args }) => deliveryIn(JSON.parse(`${args.metadata}`)).delivery);
}

function deliveryIn(metadata: Json | undefined): { delivery: string } {
  return { delivery: String(objectOf(metadata?.event_payload).delivery) };
}
