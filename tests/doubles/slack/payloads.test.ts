import { expect, it } from 'vitest';
import { type Json, objectOf } from '../json.ts';
import { sampleOf } from './contracts.ts';
import * as payloads from './payloads.ts';
import { startSlack } from './slack.ts';
import { newView } from './view.ts';

/** Keys that Slack sends although the samples lack them: https://docs.slack.dev/reference/interaction-payloads */
const NEWER = ['response_urls', 'view.blocks'];

it('payloads have no key that the published samples lack', async () => {
  for (const [name, payload] of Object.entries(await everyPayload()))
    expect(strayKeys(payload, sampleOf(name)), name).toEqual([]);
});

it('each kind of payload has the user, the place and the app', async () => {
  for (const [name, payload] of Object.entries(await everyPayload())) {
    const { user, user_id, team, team_id, api_app_id } = payload;
    expect(user_id ?? objectOf(user).id, name).toMatch(/^U/);
    expect(team_id ?? objectOf(team).id, name).toMatch(/^T/);
    if (name !== 'MessageShortcutPayload') expect(api_app_id, name).toMatch(/^A/);
  }
});

async function everyPayload(): Promise<Record<string, Json>> {
  const slack = await startSlack();
  const { world } = slack;
  const team = slack.addTeam('Riverside', slack.addEnterprise('County'));
  const maya = slack.addUser(team, { name: 'maya' });
  const general = slack.addChannel(team, { members: [maya] });
  slack.installIn(team);
  const { ts } = slack.say(maya, general, 'Met Jane');
  const message = world.messages.get(general.id)?.find((one) => one.ts === ts);
  const context = payloads.actionContext(world, maya, general);
  const sent = { type: 'modal', title: { type: 'plain_text', text: 'Log' }, blocks: [] };
  const view = newView(world, sent, { team: team.id, user: maya.id });
  await slack.close();
  if (!message) throw new Error('Nothing was said.');
  return {
    SlashCommandPayload: payloads.slash(world, context, '/convenor', 'help'),
    BlockActionPayload: payloads.pressedMessage(world, context, message, {}),
    MessageShortcutPayload: payloads.messageShortcut(world, context, 'log_this', message),
    ViewSubmissionPayload: payloads.submittedView(world, context, view, {}),
    ViewClosedPayload: payloads.closedView(world, context, view),
  };
}

/** The paths in our payload that a sample lacks. An empty object in a sample allows any keys. */
function strayKeys(ours: Json, sample: Json, above = ''): string[] {
  return Object.entries(ours).flatMap(([key, value]) => {
    const path = `${above}${key}`;
    if (NEWER.includes(path)) return [];
    if (!(key in sample)) return [path];
    const inner = objectOf(sample[key]);
    return Object.keys(inner).length ? strayKeys(objectOf(value), inner, `${path}.`) : [];
  });
}
