import { listText } from '../../base/text.ts';
import { defineCommand, type Phrase } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import {
  isActiveCoordinator,
  isSameMember,
  members,
  otherCoordinators,
} from '../../domain/members/member.ts';
import { heldUntil } from '../../domain/notification-policy/hold.ts';
import { ONCE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import {
  bold,
  commandText,
  member as mention,
  moment,
  type RichText,
  rich,
} from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { exampleNames, helpReply } from './topics.ts';

/** More coordinators than this get no button each. */
const MAX_COORDINATORS_OFFERED = 3;

const howButton: Button = { label: 'How do I …', command: 'help', args: {} };

/** Phrases that mean the same with any words after them. */
const whateverFollows = (starts: readonly string[]): Phrase[] =>
  starts.map((start) => ({ says: `${start} …`, ignoresRest: true }));

/** Says who can help, before it says what to type. */
export const helpMe = defineCommand({
  name: 'help me',
  summary: 'Who can help you',
  phrases: [
    'i am stuck',
    'who can help me',
    'i need a person',
    'who do i ask',
    'help me',
    'help me please',
    'help please',
    'help pls',
    'i need help',
    'i need somebody',
    'i am lost',
    'i am confused',
    'i do not understand',
    'i do not get it',
    'i do not know what to do',
    'i do not know how',
    'this does not work',
    'it does not work',
    'who can help',
    'can somebody help me',
    'can someone help me',
    'somebody help me',
    'talk to a human',
    'talk to a person',
    'speak to a person',
    'speak to somebody',
    'human',
    'ring me',
    'who is in charge',
    'who is the coordinator',
    'who are the coordinators',
    'who coordinates',
    'who should i ask',
    'i have a problem',
    'i have a question',
    'delete me',
    'remove me',
    'forget me',
    'erase me',
    'delete my data',
    'delete everything',
    'erase my data',
    'delete my details',
    'remove my details',
    'delete my account',
    ...whateverFollows(['who do i ask', 'who should i ask']),
    // A plain line deletes nothing: a person can help.
    ...whateverFollows(['delete', 'forget', 'wipe', 'remove', 'get rid of']),
  ],
  examples: ['help me'],
  args: {
    topic: { kind: 'text', summary: 'The rest of a command that begins with me, such as data' },
  },
  words: ['topic'],
  audience: 'actor',
  guard: 'ask for help',
  async run({ args, member }, { commands, directory, id }): Promise<Reply> {
    if (args.topic !== undefined) {
      const topic = args.topic.replace(/^with\s+/i, '');
      const ofMe = `me ${topic.toLowerCase()}`;
      const names = exampleNames(member, directory);
      return helpReply(commands.has(ofMe) ? ofMe : topic, commands, member.role, names);
    }
    const others = otherCoordinators(directory.members, member.id);
    const names = others.map(({ name }) => name);
    const asks = others.slice(0, MAX_COORDINATORS_OFFERED).map(
      (person): Button => ({
        label: `Ask ${person.name} to ring me`,
        command: 'help ring',
        args: { who: `#${person.id}`, [ONCE]: id(`ring ${person.id}`) },
      }),
    );
    const text = isActiveCoordinator(member) ? fellowsText(names) : coordinatorsText(names);
    return { text, card: [{ kind: 'buttons', buttons: [...asks, howButton] }] };
  },
});

/** For somebody who does not coordinate. @param names those who do */
function coordinatorsText(names: readonly string[]): RichText {
  const who = bold(listText(names, 'and'));
  if (names.length === 0)
    return rich`Nobody coordinates here at the moment. What would you like to do?`;
  return names.length === 1
    ? rich`${who} coordinates here and can help you. You can ask them, or look it up.`
    : rich`${who} coordinate here and can help you. You can ask one of them, or look it up.`;
}

/** For somebody who coordinates. @param names the other coordinators */
function fellowsText(names: readonly string[]): RichText {
  if (names.length === 0)
    return rich`You are the only coordinator here. What would you like to do?`;
  return rich`You coordinate here together with ${bold(listText(names, 'and'))}. You can ask them, or look it up.`;
}

/** Tells a coordinator that somebody would like to be rung: who, and when they asked, and nothing else. */
export const askForHelp = defineCommand({
  name: 'help ring',
  title: 'Ask to be rung',
  submit: 'Ask',
  summary: 'Ask a coordinator to ring you',
  examples: [],
  args: {
    who: {
      kind: 'member',
      needed: true,
      summary: 'The coordinator',
      ask: 'Who shall ring you?',
      hint: '',
    },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const { directory, partnership } = deps;
    const named = directory.member(args.who.id);
    const helper = named && (await deps.store.of(members).get(named.id));
    if (!helper || !isActiveCoordinator(helper) || isSameMember(member, helper.id))
      throw new UserError(
        rich`I can only ask a coordinator to ring you. Type ${commandText('help me')} to see who they are.`,
        'who',
      );
    const reply = {
      text: rich`${mention(member)} would like some help, and asks you to ring them. They asked on ${moment(now)}.`,
    };
    const occurrence = deps.id('help');
    await enqueueNotice(
      { subject: member.id, occurrence, recipient: helper.id, reply, at: now },
      deps,
    );
    const until = heldUntil(helper, partnership, now);
    return until > now
      ? {
          text: rich`I'll ask ${bold(helper.name)} to ring you. They get my message on ${moment(until)}.`,
        }
      : { text: rich`I'm asking ${bold(helper.name)} to ring you.` };
  },
});
