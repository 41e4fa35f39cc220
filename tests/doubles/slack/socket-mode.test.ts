import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { socketApp } from './bolt-app.ts';
import { type SlackDouble, startSlack } from './slack.ts';
import type { Channel, Team, User } from './world.ts';

let slack: SlackDouble;
let team: Team;
let maya: User;
let general: Channel;
let token: string;
const apps: App[] = [];

beforeEach(async () => {
  slack = await startSlack();
  team = slack.addTeam('Riverside');
  maya = slack.addUser(team, { name: 'maya' });
  general = slack.addChannel(team, { name: 'general', members: [maya] });
  token = slack.installIn(team).token;
  slack.invite(general, 'app');
});

afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  await slack.close();
});

async function connected(listen: (app: App) => void) {
  apps.push(await socketApp(slack, token, listen));
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (action_id: string, label: string) => ({
  type: 'button' as const,
  action_id,
  text: plain(label),
});
const section = (text: string) => ({ type: 'section' as const, text: plain(text) });
const form = (note?: string, more: object[] = []) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('More'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: plain('Note'),
      element: {
        type: 'plain_text_input' as const,
        action_id: 'note',
        ...(note !== undefined && { initial_value: note }),
      },
    },
    ...(more as []),
  ],
});
const triggerOf = (body: object) => String('trigger_id' in body && body.trigger_id);

it('sends a command, a press and a form to the app, and shows the answers', async () => {
  await connected((app) => {
    app.command('/convenor', async ({ ack, respond, command }) => {
      await ack();
      const words = `You said ${command.text}`;
      const blocks = [section(words), { type: 'actions', elements: [button('more', 'More')] }];
      await respond({ text: words, blocks });
    });
    app.action('more', async ({ ack, client, body, respond }) => {
      await ack();
      await respond({ text: 'A form opens.', replace_original: true });
      await client.views.open({ trigger_id: triggerOf(body), view: form() });
    });
    app.view('form', async ({ ack, client, view }) => {
      const words = view.state.values.note?.note?.value ?? '';
      if (words === 'bad') return ack({ response_action: 'errors', errors: { note: 'Not that.' } });
      await ack();
      await client.chat.postMessage({ channel: general.id, text: words });
    });
  });

  const user = slack.as(maya, general);
  const reply = await (await user.slash('/convenor', 'help me')).reply();
  expect(reply).toMatchObject({ words: 'You said help me', buttons: ['More'], ephemeral: true });
  const pressed = await user.press(reply, 'More');
  const modal = await pressed.modal();
  expect((await pressed.reply()).text).toBe('A form opens.');
  expect(modal).toMatchObject({ title: 'More', labels: ['Note'] });
  expect((await user.submit(modal)).errors).toEqual({
    note: 'Please complete this required field.',
  });
  expect((await user.submit(modal, { Note: 'bad' })).errors).toEqual({ note: 'Not that.' });
  await user.submit(modal, { Note: 'Thank you' });
  expect(slack.modal(maya)).toBeUndefined();
  const texts = () => slack.sees(maya, general).map((message) => message.text);
  await slack.until('the message', () => texts()[1]);
  expect(texts()).toEqual(['A form opens.', 'Thank you']);
});

it('supports the Home, the shortcut, menus and the searches of a modal', async () => {
  const partners = ['Riverside Council', 'Oakfield School'];
  const optionOf = (name: string) => ({ text: plain(name), value: name.slice(0, 5) });
  await connected((app) => {
    app.event('app_home_opened', async ({ client, event }) => {
      const menu = { type: 'overflow', action_id: 'row', options: partners.map(optionOf) };
      const blocks = [{ ...section('Yours'), accessory: menu }] as never;
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    app.action('row', async ({ ack, client, action, body }) => {
      await ack();
      const picked = 'selected_option' in action ? String(action.selected_option?.value) : '';
      await client.chat.postMessage({ channel: body.user.id, text: picked });
    });
    app.shortcut('log_this', async ({ ack, client, body, shortcut }) => {
      await ack();
      const search = {
        type: 'input',
        block_id: 'partner',
        label: plain('Partner'),
        element: { type: 'external_select', action_id: 'partner', min_query_length: 1 },
      };
      const said = 'message' in shortcut ? String(shortcut.message.text) : '';
      await client.views.open({ trigger_id: triggerOf(body), view: form(said, [search]) });
    });
    app.options('partner', async ({ ack, options }) => {
      const found = partners.filter((name) => name.startsWith(options.value));
      await ack({ options: found.map(optionOf) });
    });
    app.view('form', async ({ ack, view, client }) => {
      await ack({ response_action: 'clear' });
      const { note, partner } = view.state.values;
      const text = `${partner?.partner?.selected_option?.value}: ${note?.note?.value}`;
      await client.chat.postMessage({ channel: general.id, text });
    });
  });

  const user = slack.as(maya, general);
  await user.openHome();
  const home = await slack.until('the Home', () => slack.home(maya));
  expect(home).toMatchObject({ words: 'Yours', options: partners });
  await user.pick(home, 'row', 'Oakfield School');
  const direct = slack.directOf(maya);
  await slack.until('the message', () => slack.sees(maya, direct)[0]);
  expect(slack.sees(maya, direct)[0]?.text).toBe('Oakfi');

  const said = slack.say(maya, general, 'Met Jane');
  const modal = await (await user.shortcut('log_this', said)).modal();
  expect(await user.suggest(modal, 'Partner', 'R')).toEqual(['Riverside Council']);
  await user.submit(modal, { Partner: 'Riverside Council' });
  await slack.until('the message', () => slack.sees(maya, general)[1]);
  expect(slack.sees(maya, general)[1]?.text).toBe('River: Met Jane');
});

it('a trigger opens one modal within 3 s; an old hash is refused', async () => {
  const outcomes: string[] = [];
  await connected((app) => {
    app.command('/convenor', async ({ ack, client, command }) => {
      await ack();
      const recordOutcome = (call: Promise<unknown>) =>
        call.then(
          () => outcomes.push('done'),
          (error) => outcomes.push(error.data.error),
        );
      const { trigger_id } = command;
      if (command.text === 'slow') slack.world.pass(3001);
      const opened = client.views.open({ trigger_id, view: form('x') });
      await recordOutcome(opened);
      await recordOutcome(client.views.open({ trigger_id, view: form('x') }));
      const view = (await opened.catch(() => undefined))?.view;
      if (!view) return;
      const given = { view_id: view.id ?? '', hash: view.hash ?? '', view: form('y') };
      await recordOutcome(client.views.update(given));
      await recordOutcome(client.views.update(given));
    });
  });
  await slack.as(maya, general).slash('/convenor');
  await slack.until('four', () => outcomes[3]);
  await slack.as(maya, general).slash('/convenor', 'slow');
  await slack.until('six', () => outcomes[5]);
  expect(outcomes).toEqual([
    ...['done', 'exchanged_trigger_id', 'done', 'hash_conflict'],
    ...['expired_trigger_id', 'expired_trigger_id'],
  ]);
});

it('a response URL works five times within half an hour', async () => {
  const statuses: string[] = [];
  await connected((app) => {
    app.command('/convenor', async ({ ack, respond, command }) => {
      await ack();
      if (command.text === 'late') slack.world.pass(31 * 60_000);
      for (const index of Array(6).keys())
        await respond({
          text: `Answer ${index}`,
          response_type: index === 0 ? 'in_channel' : 'ephemeral',
        }).then(
          () => statuses.push('fine'),
          () => statuses.push('refused'),
        );
    });
  });
  const tom = slack.addUser(team, { name: 'tom' });
  slack.invite(general, tom);
  const outcome = await slack.as(maya, general).slash('/convenor');
  await slack.until('six', () => statuses[5]);
  expect(outcome.replies).toHaveLength(5);
  expect(slack.sees(tom, general).map((message) => message.text)).toEqual(['Answer 0']);
  await slack.as(maya, general).slash('/convenor', 'late');
  await slack.until('twelve', () => statuses[11]);
  expect(statuses.filter((status) => status === 'fine')).toHaveLength(5);
  expect(slack.violations.splice(0)).toEqual([expect.stringContaining('used_url')]);
});

it('goes on after a disconnect, and with two connections', { timeout: 15_000 }, async () => {
  const counts = [0, 0];
  for (const index of [0, 1])
    await connected((app) => {
      app.command('/convenor', async ({ ack }) => {
        counts[index] = (counts[index] ?? 0) + 1;
        await ack();
      });
    });
  await slack.until('two', () => (slack.socket.connections === 2 ? true : undefined));
  slack.socket.ping();
  for (const _ of Array(4)) await slack.as(maya).slash('/convenor');
  expect(counts).toEqual([2, 2]);
  slack.socket.disconnect();
  expect(slack.socket.connections).toBe(0);
  await slack.until('both again', () => slack.socket.connections === 2 || undefined, 12_000);
  await slack.as(maya).slash('/convenor');
  expect(counts.reduce((sum, count) => sum + count)).toBe(5);
});

it('an acknowledgement may come too late', async () => {
  const impatient = await startSlack({ ackTimeoutMs: 100 });
  const elsewhere = impatient.addTeam();
  const { token } = impatient.installIn(elsewhere);
  const app = await socketApp(impatient, token, (one) => one.command('/convenor', async () => {}));
  const user = impatient.as(impatient.addUser(elsewhere));
  await expect(user.slash('/convenor')).rejects.toThrow('did not acknowledge within 100 ms');
  await app.stop();
  await impatient.close();
});
