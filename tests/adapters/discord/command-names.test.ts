import { expect, it } from 'vitest';
import { commandNames } from '../../../src/adapters/discord/manifest/command-names.ts';
import { markdownParts } from '../../../src/adapters/discord/render/text.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { commandText, type InlineNode } from '../../../src/core/message/rich-text.ts';
import { reader } from './reader.ts';

/** Discord's answer to the registration, with the fields that are read. */
const registered = [
  { id: '11', name: 'help', type: 1 },
  { id: '12', name: 'partner' },
  { id: '13', name: 'my', type: 1 },
  { id: '14', name: 'log', type: 3 },
];

function harness(read: () => Promise<unknown> = async () => registered) {
  const commands = allCommands();
  let now = new Date('2026-11-18T10:00:00Z');
  const works: Promise<unknown>[] = [];
  const names = commandNames({
    commands,
    clock: { now: () => now },
    tasks: { add: (work) => works.push(work.catch(() => {})), drain: () => Promise.all(works) },
    read,
  });
  return {
    names,
    works,
    later: (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000)),
    shown: (node: InlineNode) =>
      markdownParts([node], { ...reader, commandNames: names }, 4000).join(''),
  };
}

it.each([
  [commandText('help'), '</help:11>'],
  [commandText('partner list'), '</partner list:12>'],
  [commandText('me interest'), '</my interest:13>'],
  [commandText('today'), '`/today`'],
  [commandText('log'), '`/log`'],
  [commandText('partner list', 'archived:yes'), '`/partner list archived:yes`'],
  [commandText('settings', 'every:"6 weeks"'), '`/settings change every:6 weeks`'],
  [commandText('help', 'log'), '`/help topic:log`'],
  [commandText('log', 'oakfield met Jo'), '`/convenor line:log oakfield met Jo`'],
  [commandText('who has gone quiet'), '`/convenor line:who has gone quiet`'],
])('%j is shown as it works in Discord: %s', (node, text) => {
  const { names, shown } = harness();
  names.learn(registered);
  expect(shown(node)).toBe(text);
});

it('a process that only delivers reads the ids once, and shows the name until it has them', async () => {
  const { shown, works } = harness();
  expect(shown(commandText('help'))).toBe('`/help`');
  expect(shown(commandText('help'))).toBe('`/help`');
  await Promise.all(works);
  expect(shown(commandText('help'))).toBe('</help:11>');
  expect(works).toHaveLength(1);
});

it('ids that could not be read are read again later, not with each message', async () => {
  const answers = [Promise.reject(new Error('down')), Promise.resolve(registered)];
  const { shown, works, later } = harness(() => answers.shift() ?? Promise.reject());
  shown(commandText('help'));
  await Promise.all(works);
  expect(shown(commandText('help'))).toBe('`/help`');
  expect(works).toHaveLength(1);
  later(2);
  shown(commandText('help'));
  await Promise.all(works);
  expect(shown(commandText('help'))).toBe('</help:11>');
});
