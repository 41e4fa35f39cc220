/** Which follow-up is meant: by words, or by a button's `#id`. */
export const which = {
  kind: 'text',
  needed: true,
  summary: 'Words of the follow-up, such as "garden plan"',
  ask: 'Which follow-up?',
} as const;

/** When a promise is due. */
export const by = {
  kind: 'date',
  tense: 'future',
  moment: true,
  aliases: ['due'],
  summary: 'When it is due; with a clock time there is a reminder of its own',
  ask: 'By when?',
} as const;

/** Whose a promise is. */
export const who = {
  kind: 'member',
  aliases: ['to'],
  summary: 'Whose it is',
  ask: 'Who will do it?',
} as const;

/** On which side a promise lies. */
export const whose = {
  kind: 'choice',
  choices: ['ours', 'theirs'],
  summary: 'Ours to do, or theirs while you watch over it',
  ask: 'Ours or theirs?',
} as const;

/** How often a promise comes again. */
export const repeat = {
  kind: 'text',
  max: 100,
  aliases: ['repeats'],
  summary: 'How often it comes again, such as "every monday" or "monthly on the 15th at 9am"',
} as const;

/** The last day on which it may come again. */
export const until = {
  kind: 'date',
  tense: 'future',
  summary: 'With repeat: the last day it may come again',
} as const;

/** Which of a series a change is for. */
export const scope = {
  kind: 'choice',
  choices: ['one', 'all'],
  summary: 'One that repeats: just this one, or all that follow too',
} as const;

/** What commands have in common that change one follow-up, named by the words behind them. */
export const changesOne = {
  args: { which },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
} as const;
