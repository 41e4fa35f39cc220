// Renders a form and a message for each chat, for a reader in a directory of one member.
import { modalOf as discordModal } from '../../dist/adapters/discord/render/form.js';
import { messageOf as discordMessage } from '../../dist/adapters/discord/render/message.js';
import { messageView } from '../../dist/adapters/playground/render.js';
import { modalOf as slackModal } from '../../dist/adapters/slack/render/form.js';
import { messageOf as slackMessage } from '../../dist/adapters/slack/render/message.js';
import { formOf } from '../../dist/core/command/form.js';
import { createDirectory } from '../../dist/core/domain/directory/directory.js';

/** The cell for something that a chat does not have. */
export const NONE = 'the platform has none';

const SAM = { id: 'sam', name: 'Sam', active: true, identities: [] };
const directory = createDirectory([], [SAM]);
const readerWho = (user) => ({
  zone: 'Europe/London',
  now: new Date('2026-11-18T10:00:00Z'),
  userOf: () => user,
  nameOf: () => SAM.name,
});
const slackReader = readerWho('U0SAM');
const discordReader = readerWho('123456789012345678');
const playgroundReader = { ...readerWho('sam'), id: 'sam', withNames: (text) => text };

/** The inputs of a command's empty form, in each chat. */
export function inputsOf(command) {
  const empty = formOf(command, {}, directory);
  const options = [{ value: '#1', label: 'send the plan' }];
  const fields = empty.fields.map((field) =>
    field.kind === 'followup' ? { ...field, options } : field,
  );
  const form = { ...empty, fields };
  const place = { platform: 'slack', workspace: 'T1', channel: 'C1', direct: false };
  const view = slackModal(form, { place, files: {} }, slackReader);
  const modal = discordModal(form, discordReader, { channel: '1', direct: false });
  return {
    slack: view.blocks.flatMap(({ element }) => element ?? []),
    discord: modal.components.flatMap(({ component }) => component ?? []),
    playground: form.fields,
  };
}

/** A reply as a message, in each chat. */
export function messagesOf(reply) {
  const message = { id: 'm', room: 'general', from: 'convenor', at: new Date(0), reply };
  return {
    slack: slackMessage(reply, slackReader).blocks,
    discord: discordMessage(reply, discordReader).components,
    playground: messageView({ ...message, visibleTo: null, form: null }, playgroundReader).reply,
  };
}
