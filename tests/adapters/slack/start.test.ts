import { expect, it } from 'vitest';
import { slack } from '../../../src/adapters/slack/adapter.ts';
import { CredentialError } from '../../../src/core/base/credential-error.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { type SlackHarness, startHarness, startHarnessWithPartner } from './harness.ts';

/** Another Convenor on the same Slack double, with other tokens. */
function another(
  { double, stores }: SlackHarness,
  tokens: { botToken?: string; appToken?: string },
) {
  const clock = { now: () => new Date() };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const [installation] = double.world.installations;
  const known = { botToken: installation?.token ?? '', appToken: double.app.appToken };
  return slack({
    connection: { kind: 'socket', ...known, ...tokens },
    apiUrl: double.apiUrl,
    commands: allCommands(),
    directories: directoriesOf(stores),
    ...{ stores, clock, log },
  });
}

it.each([
  [{ botToken: 'xoxb-wrong' }, /SLACK_BOT_TOKEN \(invalid_auth\).+\.$/],
  [{ appToken: 'xapp-wrong' }, /SLACK_APP_TOKEN \(invalid_auth\).+connections:write\.$/],
])('a start with %j ends with the name of the variable to change', async (tokens, sentence) => {
  const harness = await startHarness();
  const convenor = another(harness, tokens);
  const error = await convenor.start(harness.bot).catch((reason: unknown) => reason);
  await convenor.stop();
  expect(error).toBeInstanceOf(CredentialError);
  expect((error as Error).message).toMatch(sentence);
});

it('an app-level token without its scope is named too', async () => {
  const harness = await startHarness();
  harness.double.faults.next('apps.connections.open', { error: 'missing_scope' }, { times: 2 });
  const convenor = another(harness, {});
  await expect(convenor.start(harness.bot)).rejects.toThrow('SLACK_APP_TOKEN (missing_scope)');
  await convenor.stop();
});

it('a start keeps trying while Slack cannot be reached', async () => {
  const harness = await startHarness();
  harness.double.faults.next('apps.connections.open', 'server error', { times: 3 });
  const convenor = another(harness, {});
  await convenor.start(harness.bot);
  expect(harness.double.socket.connections).toBe(4);
  await convenor.stop();
});

it('can send before it is started', async () => {
  const harness = await startHarnessWithPartner();
  const { double, grace, team, partnership } = harness;
  const sent = await another(harness, {}).send({
    delivery: 'one',
    partnership,
    address: { to: 'user', identity: { platform: 'slack', workspace: team.id, user: grace.id } },
    reply: { text: [{ text: 'Good morning.' }] },
  });
  expect(sent.outcome).toBe('sent');
  expect(double.sees(grace, double.directOf(grace)).at(-1)?.text).toBe('Good morning.');
});

it('over HTTP a workspace installs Convenor, sets it up, removes it and installs it again', async () => {
  const harness = await startHarness('http');
  const { double, grace, tom, team, stores, partnership, url } = harness;
  const begun = await (await double.as(grace).slash('/convenor', 'help')).reply();
  const modal = await (await double.as(grace).press(begun, 'Set up')).modal();
  const [name = ''] = modal.labels;
  await double.as(grace).submit(modal, { [name]: 'Big Local Riverside' });
  const row = () => stores.forPartnership(partnership).of(partnerships).get(partnership);
  await expect.poll(async () => (await row())?.name).toBe('Big Local Riverside');

  await double.uninstall(team);
  // A press just before has no token for an answer any more, and does no harm.
  double.installIn(team);
  await double.as(tom).slash('/convenor', 'help');
  await double.install(grace, `${url}/slack/install`);
  const back = await (await double.as(tom).slash('/convenor', 'log')).modal();
  expect(back.labels).toContain('Who with?');
  expect((await row())?.name).toBe('Big Local Riverside');
  expect(double.violations).toEqual([]);
});

it('an organisation installs Convenor once for all its workspaces; each is a partnership of its own', async () => {
  const harness = await startHarness('http');
  const { double, url } = harness;
  const first = double.addTeam('North', 'E0COUNCIL');
  const second = double.addTeam('South', 'E0COUNCIL');
  const owner = double.addUser(first, { name: 'Olu', owner: true });
  const other = double.addUser(second, { name: 'Sam', owner: true });
  const page = await double.install(owner, `${url}/slack/install`, { orgWide: true });
  expect(page.status).toBe(200);
  await (await double.as(owner).slash('/convenor', 'partner add "North School"')).reply();
  await (await double.as(other).slash('/convenor', 'partner add "South School"')).reply();
  const list = await (await double.as(other).slash('/convenor', 'partner list')).reply();
  expect(list.text).toContain('South School');
  expect(list.text).not.toContain('North School');
  expect(double.violations).toEqual([]);
});
