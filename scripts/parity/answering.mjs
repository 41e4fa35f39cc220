// How the parts of a reply are shown in each chat.
import { commandOfPress as discordPressed } from '../../dist/adapters/discord/render/button.js';
import * as discord from '../../dist/adapters/discord/render/limits.js';
import { commandOfPress as slackPressed } from '../../dist/adapters/slack/render/button.js';
import * as slack from '../../dist/adapters/slack/render/limits.js';
import { messagesOf, NONE } from './chats.mjs';

const MANY = 5;
const button = (label) => ({ label, command: 'log', args: { note: label } });

/** One row for each part of a reply. */
export function answering() {
  return [
    shown('A person is mentioned', [{ member: 'sam', name: 'Sam' }], {
      slack: '"user_id"',
      discord: '<@',
      playground: '"member"',
    }),
    shown('A moment, in each reader’s own zone', [{ moment: '2026-11-20T09:00:00Z' }], {
      slack: '"timestamp"',
      discord: '<t:',
      playground: '"moment"',
    }),
    buttons(),
    actions(),
    {
      name: 'Buttons under one message',
      slack: `${slack.MAX_BLOCKS_PER_MESSAGE} blocks, ${slack.MAX_ACTIONS_PER_BLOCK} in each`,
      discord: `${discord.MAX_COMPONENTS_PER_MESSAGE} parts, buttons included`,
      playground: 'any number',
    },
    {
      name: 'Words of one message; of more, as much as there is room for',
      slack: `${count(slack.MAX_MESSAGE_BYTES)} bytes`,
      discord: `${count(discord.MAX_MESSAGE_LENGTH)} characters`,
      playground: 'any number',
    },
  ];
}

const count = (number) => number.toLocaleString('en-GB');

/** Whether the rendered message has what that chat uses for it. */
function shown(name, text, wanted) {
  const messages = messagesOf({ text });
  const cell = (chat) => (JSON.stringify(messages[chat]).includes(wanted[chat]) ? 'yes' : NONE);
  return { name, slack: cell('slack'), discord: cell('discord'), playground: cell('playground') };
}

function buttons() {
  const messages = messagesOf({
    text: [],
    card: [{ kind: 'buttons', buttons: [button('Done')] }],
  });
  const [inSlack] = messages.slack[0].elements;
  const [inDiscord] = messages.discord[0].components;
  const cell = (read) => (read?.args.note === 'Done' ? 'yes' : NONE);
  return {
    name: 'Buttons',
    slack: cell(slackPressed(inSlack)),
    discord: cell(discordPressed({ customId: inDiscord.custom_id })),
    playground: messages.playground.buttons.length === 1 ? 'yes' : NONE,
  };
}

/** How many actions beside one line are shown. */
function actions() {
  const labels = Array.from({ length: MANY }, (_, index) => `Action ${index}`);
  const row = { kind: 'row', text: [{ text: 'A promise' }], buttons: labels.map(button) };
  const messages = messagesOf({ text: [], card: [row] });
  const inSlack = messages.slack.flatMap(({ elements, type }) =>
    type === 'actions' ? elements : [],
  );
  const inDiscord = messages.discord.flatMap(({ components = [] }) => components);
  const words = (open) => (open === MANY ? `${MANY} buttons` : `${open} buttons and a menu`);
  return {
    name: `${MANY} actions beside one line`,
    slack: words(inSlack.filter(({ type }) => type === 'button').length),
    discord: words(inDiscord.filter(({ type }) => type === 2).length),
    playground: words(messages.playground.buttons.length),
  };
}
