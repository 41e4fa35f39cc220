import { type Json, objectOf } from '../../doubles/json.ts';
import { startSlack } from '../../doubles/slack/slack.ts';
import type { Message } from '../../doubles/slack/world.ts';
import type { Arrived, OpenSink } from '../sink.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;
const POST = 'chat.postMessage';

/** Slack's double. A message whose sender goes before it is posted is not posted. */
export const openSlack: OpenSink = async (takes) => {
  const slack = await startSlack();
  const { apiUrl, world, faults, app } = slack;
  const team = slack.addTeam();
  const { token: botToken } = slack.installIn(team);
  const users: ReturnType<typeof slack.addUser>[] = [];
  faults.each(POST, () => ({ takes: takes() }));

  const arrived: Arrived[] = [];
  const read = new Map<string, number>();
  /** What has been posted since the last look. */
  function fresh(): Message[] {
    return [...world.messages].flatMap(([channel, messages]) => {
      const from = read.get(channel) ?? 0;
      read.set(channel, messages.length);
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
      const more = fresh().map(({ metadata, text, at }) => ({ ...deliveryIn(metadata), text, at }));
      arrived.push(...more.toSorted((a, b) => a.at - b.at));
      return arrived;
    },
    cut: () =>
      slack.unheard
        .filter(({ method }) => method === POST)
        .map(({ args }) => deliveryIn(JSON.parse(`${args.metadata}`)).delivery),
    async stop() {
      await slack.close();
      if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
    },
  };
};

function deliveryIn(metadata: Json | undefined): { delivery: string } {
  return { delivery: String(objectOf(metadata?.event_payload).delivery) };
}
