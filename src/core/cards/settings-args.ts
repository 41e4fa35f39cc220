import { calendars, LONGEST_NAME } from '../domain/partnerships/rules.ts';

/** What the partnership is called. */
export const name = {
  kind: 'text',
  max: LONGEST_NAME,
  summary: 'What the partnership is called',
  ask: 'What are you called?',
} as const;

/** Where its days begin. */
export const zone = {
  kind: 'zone',
  summary: 'The time zone, such as Europe/London',
  ask: 'In which time zone?',
} as const;

/** On which days nothing is asked of anybody. */
export const calendar = {
  kind: 'choice',
  choices: calendars,
  summary: 'Whose bank holidays count',
  ask: 'Whose bank holidays?',
} as const;
