import { expect, it } from 'vitest';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { startHarness, startHarnessWithPartner, type User } from './harness.ts';

/** The Home of somebody who opens it. */
async function homeOf(
  { double }: Pick<Awaited<ReturnType<typeof startHarness>>, 'double'>,
  who: User,
) {
  await double.as(who).openHome();
  return double.until('a Home', () => double.home(who));
}

it('Home tells a newcomer what this is, and its buttons open forms', async () => {
  const harness = await startHarnessWithPartner();
  const { double, tom } = harness;
  const home = await homeOf(harness, tom);
  expect(home.words).toMatch(/^I keep track of who you talk with and what was promised/);
  expect(home.words).toContain('Nothing is waiting for you');
  expect(home.buttons.slice(0, 3)).toEqual(['Log a contact', 'Add a follow-up', 'Help']);

  const log = await (await double.as(tom).press(home, 'Log a contact')).modal();
  await double.as(tom).submit(log, {
    'Who with?': 'Riverside Council',
    'What happened?': 'met at the fair',
  });
  const seen = () => [double.home(tom), ...double.sees(tom, double.directOf(tom))];
  await double.until('the answer', () =>
    seen().find((one) => one && /Noted.*met at the fair/s.test(one.words)),
  );
  const add = await (await double.as(tom).press(home, 'Add a follow-up')).modal();
  await double
    .as(tom)
    .submit(add, { 'What was promised?': 'send the plan', 'By when?': 'tomorrow' });
  const later = await double.until('a new Home', () => {
    const now = double.home(tom);
    return now?.words.includes('send the plan') ? now : undefined;
  });
  // What is waiting comes first; what this is stands below it.
  expect(later.words).toMatch(/send the plan.*I keep track of who/s);
  expect(later.buttons).toEqual(expect.arrayContaining(['Log a contact', 'Help']));
  expect(double.violations).toEqual([]);
});

it('before anybody has set it up, Home says what this is and whom to ask', async () => {
  const harness = await startHarness();
  const { words } = await homeOf(harness, harness.tom);
  expect(words).toMatch(/^I keep track of who you talk with/);
  expect(words).toContain('Ask an owner or admin');
});

it('a shortcut opens its form where slash commands do not work, and answers in Messages', async () => {
  const { double, team, tom } = await startHarnessWithPartner();
  const channel = double.addChannel(team, { members: [tom] });
  const log = await (await double.as(tom, channel).globalShortcut('log_contact')).modal();
  await double.as(tom, channel).submit(log, {
    'Who with?': 'Riverside Council',
    'What happened?': 'they rang about the lease',
  });
  const inbox = () => double.sees(tom, double.directOf(tom));
  await double.until('the answer', () =>
    inbox().find(({ words }) => /Noted.*they rang about the lease/s.test(words)),
  );
  const add = await (await double.as(tom, channel).globalShortcut('add_followup')).modal();
  await double.as(tom, channel).submit(add, { 'What was promised?': 'send the lease' });
  await double.until('the answer', () =>
    inbox().find(({ words }) => words.includes('send the lease')),
  );
  expect(double.violations).toEqual([]);
});

it('whoever installs Convenor is welcomed once, and sets it up from there', async () => {
  const { double, grace, team, url } = await startHarness('http');
  const inbox = () => double.sees(grace, double.directOf(grace));
  const [welcome] = inbox();
  expect(welcome?.words).toContain('Thanks for adding me to Riverside');
  expect(welcome?.buttons).toEqual(['Set up', 'Add a partner', 'Add people']);
  if (!welcome) throw new Error('Nobody was welcomed.');
  const setUp = await (await double.as(grace).press(welcome, 'Set up')).modal();
  const [name = ''] = setUp.labels;
  await double.as(grace).submit(setUp, { [name]: 'Big Local Riverside' });
  await double.until('the answer', () => inbox().find(({ words }) => words.startsWith('All set')));

  const thanks = () => inbox().filter(({ words }) => words.startsWith('Thanks for adding'));
  await double.install(grace, `${url}/slack/install`);
  await double.uninstall(team);
  await double.install(grace, `${url}/slack/install`);
  expect(thanks()).toHaveLength(1);
  expect(double.violations).toEqual([]);
});

it('with a token of its own, a workspace needs no install page: the first answer offers to set it up', async () => {
  const { double, grace } = await startHarness('socket');
  await double.as(grace).write('hello');
  const hello = await double.until('an answer', () =>
    double.sees(grace, double.directOf(grace)).find(({ buttons }) => buttons.includes('Set up')),
  );
  expect(hello.buttons).toEqual(expect.arrayContaining(['Add a partner', 'Add people']));
});

it('added past the install page it says how to go on, and logs it', async () => {
  const { double, url, warnings } = await startHarness('http');
  const team = double.addTeam('Hillside');
  const owner = double.addUser(team, { name: 'Olu', owner: true });
  double.installIn(team);
  const reply = await (
    await double.as(owner).slash('/convenor', 'log the school met Jane')
  ).reply();
  expect(reply.words).toBe(
    `I'm not connected to this workspace yet, so I couldn't do that. Ask the person who installed Convenor to open ${url}/slack/install and press Allow. It takes a minute.`,
  );
  expect(reply.ephemeral).toBe(true);
  await double.as(owner).write('hello');
  await double.as(owner).openHome();
  const event = 'slack workspace has no token: it was added past the install page';
  await expect
    .poll(() => warnings.filter((warning) => warning.event === event).length)
    .toBeGreaterThanOrEqual(3);

  await double.install(owner, `${url}/slack/install`);
  const help = await (await double.as(owner).slash('/convenor', 'help')).reply();
  expect(help.words).toContain('I keep track of who you talk with');
  expect(double.violations).toEqual([]);
});

it('with the token of another workspace it says whom to tell', async () => {
  const { double } = await startHarness('socket');
  const team = double.addTeam('Hillside');
  const olu = double.addUser(team, { name: 'Olu', owner: true });
  double.installIn(team);
  const reply = await (await double.as(olu).slash('/convenor', 'help')).reply();
  expect(reply.words).toContain("I'm connected to another Slack workspace");
  expect(reply.words).toContain('the person who runs Convenor');
});

it('a workspace of an organisation has its own name, and is removed and given back with its access', async () => {
  const { double, stores, url } = await startHarness('http');
  const county = double.addEnterprise('County');
  const north = double.addTeam('North Ward Together', county);
  const admin = double.addUser(north, { name: 'Olu', owner: true });
  await double.install(admin, `${url}/slack/install`, { orgWide: true });
  await (await double.as(admin).slash('/convenor', 'help')).reply();
  const row = () => workspaceAt(stores, { platform: 'slack', workspace: north.id });
  expect((await row())?.name).toBe('North Ward Together');
  const settings = await (await double.as(admin).slash('/convenor', 'settings')).reply();
  expect(settings.words).toContain('North Ward Together');

  await double.serve(north, false);
  await expect.poll(async () => (await row())?.removedAt ?? null).not.toBeNull();
  await double.serve(north, true);
  await expect.poll(async () => (await row())?.removedAt ?? null).toBeNull();
  const list = await (await double.as(admin).slash('/convenor', 'partner list')).reply();
  expect(list.words).not.toContain('not connected');
  expect(double.violations).toEqual([]);
});

it('members shows the present name of somebody who has not spoken since', async () => {
  const { double, grace, tom } = await startHarness();
  await (await double.as(grace).slash('/convenor', 'help')).reply();
  await (await double.as(tom).slash('/convenor', 'help')).reply();
  const members = async () =>
    (await (await double.as(grace).slash('/convenor', 'members')).reply()).words;
  expect(await members()).toContain('Tom');
  await double.change(tom, { name: 'Thomas Reed' });
  await expect.poll(members).toContain('Thomas Reed');
});
