/** A follow-up, by some of its words or by a button's `#id`. */
export const which = {
  kind: 'followup',
  needed: true,
  summary: 'Some words of it, such as "garden plan"',
  ask: 'Which follow-up?',
} as const;

/** When a promise is due. */
export const by = {
  kind: 'date',
  tense: 'future',
  moment: true,
  aliases: ['due'],
  summary: 'For example friday, 14 Dec, or tomorrow 3pm',
  ask: 'By when?',
} as const;

/** Who will keep a promise. */
export const who = {
  kind: 'member',
  aliases: ['to'],
  summary: "Leave empty if it's you",
  ask: 'Who will do it?',
  hint: "Leave empty if it's you",
} as const;

/** Who promised: us or them. */
export const whose = {
  kind: 'choice',
  choices: ['ours', 'theirs'],
  labels: { ours: 'We did', theirs: 'They did' },
  summary: 'Did we promise, or did they?',
  ask: 'Did we promise, or did they?',
  hint: '',
} as const;

/** How often a promise repeats. */
export const repeat = {
  kind: 'text',
  max: 100,
  aliases: ['repeats'],
  summary: 'How often it repeats, such as "every monday" or "monthly on the 15th at 9am"',
} as const;

/** The last day of a repeat. */
export const until = {
  kind: 'date',
  tense: 'future',
  summary: 'If it repeats: the last day it can come',
} as const;

/** Which follow-ups of a series a change is for. */
export const scope = {
  kind: 'choice',
  choices: ['one', 'all'],
  labels: { one: 'Just this one', all: 'All that follow too' },
  summary: 'If it repeats: just this one, or all that follow too',
} as const;

/** What all commands share that change one follow-up. */
export const changesOneFollowup = {
  args: { which },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
} as const;
