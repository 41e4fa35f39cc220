import { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SlackDouble, startSlack } from './slack.ts';

let slack: SlackDouble;
let app: App;

beforeEach(async () => {
  slack = await startSlack();
});

afterEach(async () => {
  await app.stop();
  await slack.close();
});

/** A bare Bolt app in Socket Mode. */
async function connected(token: string, listen: (app: App) => void) {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  app = new App({ token, appToken: slack.app.appToken, socketMode: true, clientOptions });
  listen(app);
  await app.start();
  await slack.until('a connection', () => slack.socket.connections || undefined);
}

it('carries a command, a press and a form to a Bolt app, and shows what it answers', async () => {
  const team = slack.addTeam('Riverside');
  const maya = slack.addUser(team, { name: 'maya' });
  const general = slack.addChannel(team, { name: 'general', members: [maya] });
  const { token } = slack.installIn(team);
  slack.invite(general, 'app');
  await connected(token, (bolt) => {
    bolt.command('/convenor', async ({ ack, respond, command }) => {
      await ack();
      await respond({
        text: `You said ${command.text}`,
        blocks: [
          { type: 'section', text: { type: 'plain_text', text: `You said ${command.text}` } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } },
            ],
          },
        ],
      });
    });
    bolt.action('more', async ({ ack, client, body, respond }) => {
      await ack();
      await respond({ text: 'A form opens.', replace_original: true });
      await client.views.open({
        trigger_id: 'trigger_id' in body ? String(body.trigger_id) : '',
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'More' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'note',
              label: { type: 'plain_text', text: 'Note' },
              element: { type: 'plain_text_input', action_id: 'note' },
            },
          ],
        },
      });
    });
    bolt.view('form', async ({ ack, client, view }) => {
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
  const posted = () => slack.sees(maya, general).find((message) => message.text === 'Thank you');
  await slack.until('the message', posted);
  expect(slack.sees(maya, general).map((message) => message.text)).toEqual([
    'A form opens.',
    'Thank you',
  ]);
  expect(slack.violations).toEqual([]);
});
