import { defineCommand, type Phrase } from '../../command/command.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';

const answers = {
  thanks: "You're welcome.",
  bye: 'Bye for now.',
  ok: 'Good.',
  sorry: 'No harm done.',
  well: "I'm well, thanks. What can I do for you?",
} as const;

const said = Object.keys(answers) as (keyof typeof answers)[];

function phrases(about: keyof typeof answers, lines: readonly string[]): Phrase[] {
  return lines.map((says) => ({ says, args: { about } }));
}

/** Answers what needs nothing but a friendly word. */
export const smallTalk = defineCommand({
  name: 'small talk',
  summary: 'Answer a friendly word',
  phrases: [
    ...phrases('thanks', [
      'thanks',
      'thank you',
      'ta',
      'cheers',
      'thx',
      'thank u',
      'thankyou',
      'lovely thank you',
      'lovely thank u',
      'many thanks',
      'thanks a lot',
    ]),
    ...phrases('thanks', [
      'thanks so much',
      'thank you so much',
      'thanks very much',
      'thank you very much',
    ]),
    ...phrases('thanks', [
      'thanks …',
      'ta …',
      'cheers …',
      'thank you …',
      'thank u …',
      'thankyou …',
      'good bot',
      'well done',
      'nice one',
      'you are a star',
    ]),
    ...phrases('thanks', [
      'that is great',
      'that is brilliant',
      'that is lovely',
      'that is helpful',
      'love it',
    ]),
    ...phrases('thanks', [
      'brilliant',
      'great',
      'lovely',
      'perfect',
      'wonderful',
      'excellent',
      'amazing',
      'great stuff',
    ]),
    ...phrases('thanks', ['👍', '🙏', '❤️', '😊', '🙂', '👏', '🎉']),
    ...phrases('ok', [
      'ok',
      'okay',
      'fine',
      'cool',
      'right',
      'got it',
      'understood',
      'noted',
      'will do',
      'sure',
      'alright',
      'all right',
      'i see',
      'that is fine',
      'sounds good',
    ]),
    ...phrases('bye', [
      'bye',
      'goodbye',
      'good night',
      'night',
      'see you',
      'see you later',
      'see you tomorrow',
      'bye for now',
    ]),
    ...phrases('sorry', ['sorry', 'sorry about that', 'apologies']),
    ...phrases('well', [
      'how are you',
      'nice to meet you',
      'pleased to meet you',
      'how are things',
      'how is it going',
      'you ok',
      'are you well',
      'are you ok',
    ]),
  ],
  examples: [],
  args: {
    about: { kind: 'choice', choices: said, summary: 'What was said' },
    rest: { kind: 'text', summary: 'The words after it' },
  },
  words: ['rest'],
  audience: 'actor',
  guard: 'ask for help',
  async run({ args }): Promise<Reply> {
    return { text: rich`${answers[args.about ?? 'well']}` };
  },
});
