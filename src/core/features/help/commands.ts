import { setUpOffer } from '../../cards/set-up-offer.ts';
import { defineCommand } from '../../command/command.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { askForHelp, helpMe } from './people.ts';
import { smallTalk } from './small-talk.ts';
import { exampleNames, helpReply, suggestTopics } from './topics.ts';

const help = defineCommand({
  name: 'help',
  summary: 'What I can do, and how to say it',
  phrases: [
    'what can you do',
    'how does this work',
    'where do i start',
    'hi there',
    'yo',
    'i am new',
    'i am new here',
    'i am new to this',
    'how do i do this',
    'hi',
    'hello',
    'hey',
    'hiya',
    'hello there',
    'morning',
    'good morning',
    'good afternoon',
    'good evening',
    '?',
    '??',
    'what do you do',
    'what can i do',
    'what can i say',
    'what is this',
    'how do i use this',
    'how do i start',
    'how do i begin',
    'get started',
    'commands',
    'show me the commands',
    'what do i type',
    'what do i say',
    'test',
    'list commands',
    'menu',
    'options',
    'who are you',
    'what are you',
    'are you there',
    'anybody there',
  ],
  examples: ['help', 'help log', 'help followup'],
  args: {
    topic: {
      kind: 'text',
      summary: 'What you want to know more about: a command, or its first word',
    },
  },
  words: ['topic'],
  suggest: {
    topic: (typed, { commands, member }) => suggestTopics(typed, commands, member.role),
  },
  audience: 'actor',
  guard: 'ask for help',
  async run({ args, member }, { commands, partnership, directory }): Promise<Reply> {
    const reply = helpReply(args.topic, commands, member.role, exampleNames(member, directory));
    const offer = setUpOffer(partnership, member);
    return args.topic || offer.length === 0
      ? reply
      : { ...reply, card: [...(reply.card ?? []), ...offer] };
  },
});

/** Leaves a question of the bot unanswered. */
const cancel = defineCommand({
  name: 'cancel',
  summary: 'Leave a question of mine unanswered',
  phrases: [
    'never mind',
    'nevermind',
    'forget it',
    'forget that',
    'ignore that',
    'ignore me',
    'nvm',
    'forget about it',
    'leave it',
    'no thanks',
    'no thank you',
    'nothing',
    'do not worry',
    'it does not matter',
  ],
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  async run(): Promise<Reply> {
    return { text: rich`OK. Nothing has changed.`, replaces: true };
  },
});

export const helpCommands = [help, helpMe, askForHelp, cancel, smallTalk];
