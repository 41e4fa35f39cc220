import { describe, expect, it } from 'vitest';
import { logMessageCommand } from '../../../src/adapters/shared/log-this.ts';
import {
  readButtonPress,
  readFormSubmission,
  readHomeOpened,
  readShortcut,
  readSlashCommand,
} from '../../../src/adapters/slack/input/read-payload.ts';
import { parseSlashCommand } from '../../../src/adapters/slack/input/slash-command.ts';
import { typedText } from '../../../src/adapters/slack/input/typed-text.ts';
import { standingOf } from '../../../src/adapters/slack/profile-of.ts';
import { nameOf } from '../../../src/adapters/slack/users.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { parseLine } from '../../../src/core/parsing/parse-line.ts';
import type { Bot } from '../../../src/core/ports/platform.ts';

describe('typed text', () => {
  it.each([
    ['ring <@U123|sam> &amp; <@W9>', 'ring <@U123> & <@W9>'],
    ['digest in <#C123|general> or <#C124|>', 'digest in <#C123|general> or <#C124>'],
    ['see <https://a.example/?a=1&amp;b=2|the plan>', 'see the plan (https://a.example/?a=1&b=2)'],
    [
      'see <http://a.example|a.example> or <https://b.example/x>',
      'see a.example or https://b.example/x',
    ],
    ['mail <mailto:jo@a.example|jo@a.example>', 'mail jo@a.example'],
    ['<!channel>, <!here|here>, <!subteam^S1|@team>', '@channel, @here, @team'],
    ['<!date^1795165200^{date}|20 Nov> :tada:', '20 Nov 🎉'],
    [':+1::skin-tone-3: and :our_own: at 10:30:45', '👍 and :our_own: at 10:30:45'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt;', '&lt;'],
    ['an odd <thing>', 'an odd <thing>'],
  ])('%s is %s', (sent, typed) => {
    expect(typedText(sent)).toBe(typed);
  });
});

describe('a slash command', () => {
  const commands = allCommands();
  const bot = { parseLine: (line: string) => parseLine(line, commands) } as Bot;
  it.each([
    ['/convenor', '', 'help', undefined],
    ['/partners', 'log the school met', 'log', 'the school met'],
    ['/log', '', 'log', undefined],
    ['/log', 'the school met', 'log', 'the school met'],
    ['/followup', '', 'followup add', undefined],
    ['/followup', 'send the plan', 'followup add', 'send the plan'],
    ['/followup', 'list', 'followup list', undefined],
    ['/followup', 'done 3', 'followup done', '3'],
  ])('%s %s is %s', (name, text, command, words) => {
    const read = parseSlashCommand({ name, text }, { bot, commands });
    expect(read).toEqual({ command, args: words === undefined ? {} : { words } });
  });

  const body = {
    command: '/convenor',
    text: 'help',
    team_id: 'T1',
    team_domain: 'riverside',
    enterprise_id: 'E1',
    user_id: 'U1',
    channel_id: 'D1',
    trigger_id: '1.2',
    response_url: 'https://hooks.slack.com/commands/1',
    is_enterprise_install: 'false',
  };

  it('knows where it was typed, and has its key from the trigger', () => {
    expect(readSlashCommand(body)).toMatchObject({
      key: 'slack-1.2',
      team: 'T1',
      enterprise: undefined,
      place: { platform: 'slack', workspace: 'T1', channel: 'D1', direct: true },
    });
    expect(readSlashCommand({ ...body, is_enterprise_install: 'true' })?.enterprise).toBe('E1');
  });

  it.each([
    ['user_id', { $ne: null }],
    ['team_id', '../x'],
    ['channel_id', 7],
    ['trigger_id', ''],
  ])('is ignored when %s is %j', (name, value) => {
    expect(readSlashCommand({ ...body, [name]: value })).toBeUndefined();
  });
});

const shared = {
  team: { id: 'T1', domain: 'riverside' },
  user: { id: 'U1', team_id: 'T2' },
  trigger_id: '1.2',
};
const action = { action_id: 'v1.help.' };

describe('a pressed button', () => {
  const press = (rest: object) => readButtonPress({ ...shared, actions: [action], ...rest });
  it('is on a message, an ephemeral message, the Home or a modal', () => {
    const channel = { id: 'C1' };
    const container = { message_ts: '3.4' };
    expect(press({ channel, container })).toMatchObject({
      key: 'slack-1.2-v1.help.',
      source: { kind: 'message', channel: 'C1', ts: '3.4' },
    });
    expect(press({ channel, container: { ...container, is_ephemeral: true } })?.source).toEqual({
      kind: 'ephemeral',
    });
    const view = (type: string) => press({ container: {}, view: { id: 'V1', type } });
    expect(view('home')).toMatchObject({ source: { kind: 'home' }, place: { direct: true } });
    expect(view('modal')?.source).toEqual({ kind: 'modal', view: 'V1' });
  });

  it('belongs to the user’s team when the payload of an organisation names none', () => {
    expect(press({ team: null, container: {} })?.team).toBe('T2');
  });
});

it('a submitted form has its key from the view and its hash', () => {
  const view = { id: 'V1', hash: 'h', private_metadata: '', state: { values: {} } };
  expect(readFormSubmission({ ...shared, view })?.key).toBe('slack-V1-h');
});

it('only the Home tab counts as the Home', () => {
  const home = (tab: string) =>
    readHomeOpened({ event_id: 'Ev1', team_id: 'T1', event: { user: 'U1', tab } });
  expect(home('home')?.key).toBe('slack-Ev1');
  expect(home('messages')).toBeUndefined();
});

describe('"Log this"', () => {
  const log = (message: object, domain = 'riverside') => {
    const team = { id: 'T1', domain };
    const input = readShortcut({ ...shared, team, channel: { id: 'C1' }, message });
    const author = input?.message.user === 'U9' ? 'Ann' : undefined;
    return input && logMessageCommand({ ...input.message, author }).args.note;
  };
  const at = 'https://riverside.slack.com/archives/C1/p1700000000000100';

  it('keeps the words, the author and the link', () => {
    const message = { text: 'We met', user: 'U9', ts: '1700000000.000100' };
    expect(log(message)).toBe(`We met\n(Ann, ${at})`);
    const thread = { ...message, thread_ts: '1600000000.000100' };
    expect(log(thread)).toBe(`We met\n(Ann, ${at}?thread_ts=1600000000.000100&cid=C1)`);
  });

  it('leaves out what is unknown, and cuts what is long', () => {
    expect(log({ text: 'a'.repeat(5000), user: 'U8', ts: 'x' })).toBe(`${'a'.repeat(1499)}…`);
    expect(log({ text: 'hi', ts: '1.2' }, 'not a domain')).toBe('hi');
    expect(log({ ts: '1700000000.000100' })).toBe(`(${at})`);
  });
});

describe("a user's standing", () => {
  const person = { id: 'U1', team_id: 'T1', profile: { display_name: 'Ann' } };
  const standing = (more: object, installer?: string) =>
    standingOf({ ...person, ...more }, 'T1', installer);
  it.each([
    ['full', {}],
    ['owner', { is_owner: true }],
    ['owner', { is_admin: true }],
    ['owner', { is_primary_owner: true }],
    ['guest', { is_restricted: true, is_admin: true }],
    ['guest', { is_ultra_restricted: true }],
    ['guest', { is_bot: true }],
    ['guest', { id: 'USLACKBOT' }],
    ['guest', { is_stranger: true }],
    ['guest', { is_stranger: true, team_id: 'T2' }],
    ['gone', { deleted: true }],
    ['gone', { deleted: true, is_restricted: true, is_owner: true }],
    ['gone', { team_id: 'T2' }],
    ['full', { team_id: 'T2', enterprise_user: { teams: ['T1', 'T2'] } }],
    ['gone', { team_id: 'T1', enterprise_user: { teams: ['T2'] } }],
  ] as const)('%s: %j', (expected, more) => {
    expect(standing(more)).toBe(expected);
  });

  it('the user who installed Convenor is a coordinator', () => {
    expect(standing({}, 'U1')).toBe('owner');
    expect(standing({ is_restricted: true }, 'U1')).toBe('guest');
  });
});

it('a name from Slack has no hidden characters', () => {
  expect(nameOf({ id: 'U1', profile: { display_name: 'Jo\u202Eana\u200F' } })).toBe('Joana');
});
