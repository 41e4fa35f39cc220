import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { clientOptions, clientsForTokens } from '../../../src/adapters/slack/connection/clients.ts';
import { installations } from '../../../src/adapters/slack/installing/installation-row.ts';
import { oauthStates } from '../../../src/adapters/slack/installing/oauth-states.ts';
import { sealer } from '../../../src/core/base/sealer.ts';
import { plannedDeletion } from '../../../src/core/domain/partnership-deletion/partnership-deletion.ts';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { type InstallHarness, startInstallHarness } from './install-harness.ts';

const HOUR = 3_600_000;
const later = () => new Date(Date.now() + HOUR);

/** A workspace whose owner has installed Convenor. */
async function installed(testBot: InstallHarness, name = 'Riverside') {
  const team = testBot.slack.addTeam(name);
  const owner = testBot.slack.addUser(team, { name: 'grace', owner: true });
  const page = await testBot.slack.install(owner, testBot.link);
  expect(page.status).toBe(200);
  return { team, owner, page };
}

const tokens = ({ slack }: InstallHarness) => slack.world.installations.map(({ token }) => token);

it('a workspace installs Convenor, which then uses its token', async () => {
  const testBot = await startInstallHarness();
  const { slack, kept, stores } = testBot;
  const { team, owner } = await installed(testBot);
  const other = await installed(testBot, 'Hillside');
  const clients = clientsForTokens(kept, clientOptions(slack.apiUrl));
  const client = await clients.of(team.id);
  expect(await client?.auth.test()).toMatchObject({ team_id: team.id });
  expect(await (await clients.of(other.team.id))?.auth.test()).toMatchObject({
    team_id: other.team.id,
  });
  expect(await clients.of('T0NOWHERE')).toBeUndefined();
  // The client stays the same as long as the token does.
  expect(await clients.of(team.id)).toBe(client);
  expect(await workspaceAt(stores, { platform: 'slack', workspace: team.id })).toMatchObject({
    name: 'Riverside',
  });
  expect(await kept.installerOf(team.id)).toBe(owner.id);
  expect(slack.violations).toEqual([]);
});

it('neither the store nor the log holds a token in clear', async () => {
  const testBot = await startInstallHarness();
  const { team } = await installed(testBot);
  await testBot.another().tokenOf(team.id);
  const [token = ''] = tokens(testBot);
  expect(token).toMatch(/^xoxb-/);
  const rows = await testBot.raw('slackInstallations');
  expect(rows).toContain(team.id);
  for (const text of [rows, await testBot.raw('slackUsedStates'), testBot.logged.join('\n')]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(testBot.slack.app.clientSecret);
  }
});

it("a token that is moved to another workspace's row cannot be opened there", async () => {
  const testBot = await startInstallHarness();
  const { team } = await installed(testBot);
  const other = await installed(testBot, 'Hillside');
  const rows = testBot.stores.global(installations);
  const [mine, theirs] = await Promise.all([rows.get(team.id), rows.get(other.team.id)]);
  if (!mine || !theirs) throw new Error('Both are installed.');
  await rows.save({ ...theirs, botToken: mine.botToken });
  await expect(testBot.another().tokenOf(other.team.id)).rejects.toThrow('does not open');
});

it('after a key rotation the old key still opens old tokens; what is written again no longer needs it', async () => {
  const testBot = await startInstallHarness();
  const { team, owner } = await installed(testBot);
  const [token] = tokens(testBot);
  const newer = randomBytes(32);
  const both = testBot.another([newer, ...testBot.keys]);
  expect(await both.tokenOf(team.id)).toBe(token);
  await expect(testBot.another([newer]).tokenOf(team.id)).rejects.toThrow('SECRET_KEY');
  const query = { teamId: team.id, enterpriseId: undefined, isEnterpriseInstall: false } as const;
  await both.store.storeInstallation(await both.store.fetchInstallation(query));
  expect(await testBot.another([newer]).tokenOf(team.id)).toBe(token);
  expect(await testBot.another([newer]).installerOf(team.id)).toBe(owner.id);
});

it('after a second installation every process uses the new token at once', async () => {
  const testBot = await startInstallHarness();
  const { team, owner } = await installed(testBot);
  const elsewhere = clientsForTokens(testBot.another(), clientOptions(testBot.slack.apiUrl));
  const old = await elsewhere.of(team.id);
  if (!old) throw new Error('It is installed.');
  await testBot.slack.install(owner, testBot.link);
  const [, newest] = tokens(testBot);
  expect(await testBot.kept.tokenOf(team.id)).toBe(newest);
  expect(JSON.parse(await testBot.raw('slackInstallations'))).toHaveLength(1);
  // The other process notices when Slack refuses the old token.
  const refusal = new Error('token_revoked');
  expect(await elsewhere.refused(team.id, old, refusal)).toBe(true);
  const renewed = await elsewhere.of(team.id);
  expect(renewed?.token).toBe(newest);
  expect(renewed && (await elsewhere.refused(team.id, renewed, refusal))).toBe(false);
});

it('a state works once, for ten minutes, in the browser in which it began', async () => {
  const testBot = await startInstallHarness();
  const { page, team, owner } = await installed(testBot);
  const again = await page.again();
  expect(again).toMatchObject({ status: 400, text: expect.stringContaining('used before') });
  expect(tokens(testBot)).toHaveLength(1);
  for (const [consent, sentence] of [
    [{ state: 'forged' }, 'start again'],
    [{ withoutCookie: true }, 'start again'],
    [{ deny: true }, 'Nothing was installed.'],
  ] as const) {
    const { status, text } = await testBot.slack.install(owner, testBot.link, consent);
    expect(status).toBe(400);
    expect(text).toContain(sentence);
    expect(text).toContain(`href="${testBot.link}"`);
  }
  expect(tokens(testBot)).toHaveLength(1);

  const states = oauthStates({ stores: testBot.stores, sealer: sealer(testBot.keys) });
  const options = { scopes: ['commands'], metadata: team.id };
  const state = await states.generateStateParam(options, new Date());
  await expect(states.verifyStateParam(later(), state)).rejects.toThrow('start again');
  await expect(states.verifyStateParam(new Date(), `${state}=`)).rejects.toThrow();
  expect(await states.verifyStateParam(new Date(), state)).toEqual(options);
  // Any process may get the redirect.
  const elsewhere = oauthStates({ stores: testBot.stores, sealer: sealer(testBot.keys) });
  await expect(elsewhere.verifyStateParam(new Date(), state)).rejects.toThrow('used before');
});

it.each([
  [{ clientId: '1.1' }, /SLACK_CLIENT_ID \(invalid_client_id\): copy it again/],
  [{ clientSecret: 'wrong' }, /SLACK_CLIENT_SECRET \(bad_client_secret\): copy it again/],
])('with %j the log names the variable to change', async (app, sentence) => {
  const testBot = await startInstallHarness(app);
  const owner = testBot.slack.addUser(testBot.slack.addTeam(), { owner: true });
  const page = await testBot.slack.install(owner, testBot.link);
  expect(page).toMatchObject({
    status: 500,
    text: expect.stringContaining('the person who runs me'),
  });
  expect(testBot.logged.join('\n')).toMatch(sentence);
  expect(tokens(testBot)).toEqual([]);
});

it('removes expired states', async () => {
  const testBot = await startInstallHarness();
  await installed(testBot);
  const states = oauthStates({ stores: testBot.stores, sealer: sealer(testBot.keys) });
  const state = await states.generateStateParam({ scopes: [] }, later());
  await states.verifyStateParam(later(), state);
  expect(JSON.parse(await testBot.raw('slackUsedStates'))).toHaveLength(1);
});

it('an organisation installs Convenor for its workspaces; one of them may also have its own installation', async () => {
  const testBot = await startInstallHarness();
  const { slack, kept } = testBot;
  const team = slack.addTeam('Riverside', 'E0CITY');
  const admin = slack.addUser(team, { name: 'grace', owner: true });
  expect((await slack.install(admin, testBot.link, { orgWide: true })).status).toBe(200);
  const [orgWide] = tokens(testBot);
  const query = {
    teamId: undefined,
    enterpriseId: 'E0CITY',
    isEnterpriseInstall: true,
  } as const;
  expect(await kept.store.fetchInstallation(query)).toMatchObject({
    isEnterpriseInstall: true,
    bot: { token: orgWide },
  });
  // Nobody has used Convenor there yet, so there is nothing to send.
  expect(await kept.tokenOf(team.id)).toBeUndefined();
  await Promise.all([
    kept.recordOrganisation(team.id, 'E0CITY'),
    kept.recordOrganisation(team.id, 'E0CITY'),
  ]);
  expect(await kept.tokenOf(team.id)).toBe(orgWide);
  expect(await testBot.another().tokenOf(team.id)).toBe(orgWide);
  expect(await kept.installerOf(team.id)).toBe(admin.id);

  await slack.install(admin, testBot.link);
  const [, own] = tokens(testBot);
  expect(await kept.tokenOf(team.id)).toBe(own);
  const gone = { team: team.id, enterprise: 'E0CITY', isEnterpriseInstall: false };
  await kept.removeToken(gone, later());
  expect(await kept.tokenOf(team.id)).toBe(orgWide);
  await kept.removeToken({ ...gone, isEnterpriseInstall: true }, later());
  expect(await kept.tokenOf(team.id)).toBeUndefined();
});

it('after removal the tokens are gone from the store, and the workspace stays', async () => {
  const testBot = await startInstallHarness();
  const { kept, stores } = testBot;
  const { team } = await installed(testBot);
  const holder = { team: team.id, enterprise: undefined, isEnterpriseInstall: false };
  // Slack's event about a removal may arrive after a new installation.
  await kept.removeToken(holder, new Date(Date.now() - HOUR));
  expect(await kept.tokenOf(team.id)).toBeDefined();
  await kept.removeToken(holder, new Date());
  expect(await kept.tokenOf(team.id)).toBeUndefined();
  await expect(
    kept.store.fetchInstallation({
      teamId: team.id,
      enterpriseId: undefined,
      isEnterpriseInstall: false,
    }),
  ).rejects.toThrow('not installed');
  expect(await testBot.raw('slackInstallations')).not.toMatch(/"botToken":"/);
  const at = { platform: 'slack', workspace: team.id };
  const before = await workspaceAt(stores, at);
  if (!before) throw new Error('The workspace is gone.');
  const store = stores.forPartnership(before.partnership);
  const planned = await plannedDeletion(store);
  expect(planned?.reason).toBe('uninstalled');
  expect(planned?.deleteAt.getTime()).toBe((before.removedAt?.getTime() ?? 0) + 90 * 24 * HOUR);
  await installed({ ...testBot, slack: Object.assign(testBot.slack, { addTeam: () => team }) });
  expect(await kept.tokenOf(team.id)).toBe(tokens(testBot)[1]);
  expect(await workspaceAt(stores, at)).toEqual({
    ...before,
    removedAt: null,
    version: before.version + 1,
  });
  expect(await plannedDeletion(store)).toBeUndefined();
});

it('a workspace that its organisation serves is removed with the last of both installations', async () => {
  const testBot = await startInstallHarness();
  const { slack, kept, stores } = testBot;
  const team = slack.addTeam('Riverside', 'E0CITY');
  const admin = slack.addUser(team, { name: 'grace', owner: true });
  await slack.install(admin, testBot.link);
  await slack.install(admin, testBot.link, { orgWide: true });
  await kept.recordOrganisation(team.id, 'E0CITY');
  const removedAt = async () =>
    (await workspaceAt(stores, { platform: 'slack', workspace: team.id }))?.removedAt ?? null;
  const gone = { team: team.id, enterprise: 'E0CITY', isEnterpriseInstall: false };
  await kept.removeToken(gone, later());
  expect(await removedAt()).toBeNull();
  await kept.removeToken({ ...gone, isEnterpriseInstall: true }, later());
  expect(await removedAt()).not.toBeNull();
  await slack.install(admin, testBot.link, { orgWide: true });
  expect(await removedAt()).toBeNull();
});
