import type { ChoiceLabels } from '../command/args.ts';
import { durationText, everyText } from '../dates/duration.ts';
import { weekdaysText } from '../dates/weekdays.ts';
import { quietHoursOf, quietHoursText } from '../domain/notification-policy/quiet-hours.ts';
import { capText } from '../domain/notification-policy/weekly-cap.ts';
import type { Partnership, SafeguardingContact } from '../domain/partnerships/partnership.ts';
import {
  calendars,
  calendarText,
  MAX_PARTNERSHIP_NAME_LENGTH,
} from '../domain/partnerships/rules.ts';
import { readSafeguardingContact, safeguardingText } from '../domain/partnerships/safeguarding.ts';
import { keepLengthOf } from '../domain/retention/note-retention.ts';
import { UserError } from '../message/user-error.ts';

/** The settings of a partnership in a few sentences. */
export function partnershipSettingsText(partnership: Partnership): string {
  const { zone, workingDays, calendar, every, weeklyCap } = partnership;
  const hours = quietHoursOf({ quietHours: null }, partnership);
  const quiet = hours ? `Quiet hours ${quietHoursText(hours)}` : 'No quiet hours';
  const cap = capText(weeklyCap);
  const keep = durationText(keepLengthOf(partnership));
  return `${zone}, ${weekdaysText(workingDays)}, bank holidays of ${calendarText(calendar)}. In touch ${everyText(every)}, unless a rule or the partner's own setting differs. ${quiet}. Members get ${cap}. Notes stay for ${keep} after the last contact with a partner. Safeguarding contact: ${partnership.safeguarding ? safeguardingText(partnership.safeguarding) : 'nobody yet'}.`;
}

/** The partnership's name. */
export const name = {
  kind: 'text',
  isName: true,
  max: MAX_PARTNERSHIP_NAME_LENGTH,
  summary: 'What the partnership is called',
  ask: 'What is your partnership called?',
  hint: '',
  emptied: 'What is your partnership called?',
} as const;

/** The partnership's time zone. */
export const zone = {
  kind: 'zone',
  summary: 'The time zone, such as Europe/London',
  ask: 'In which time zone?',
  hint: 'For example Europe/London',
  emptied: 'In which time zone are you?',
} as const;

const calendarLabels: ChoiceLabels = Object.fromEntries(
  calendars.map((each) => [each, calendarText(each)]),
);

/** Which bank holidays count. */
export const calendar = {
  kind: 'choice',
  choices: calendars,
  labels: calendarLabels,
  summary: 'Whose bank holidays count',
  ask: 'Whose bank holidays?',
  hint: '',
  emptied: 'Whose bank holidays count?',
} as const;

/** Whom people ring if they are worried about somebody, in one text. `settings safeguarding` has a form for it. */
export const safeguarding = {
  kind: 'text',
  max: 130,
  clearable: true,
  summary:
    'Whom to ring if you are worried about somebody, such as "Jo Bell 01964 555123"; none: nobody',
} as const;

/** Reads that text; null: nobody. @throws UserError at the arg `safeguarding` if it has no name or no number. */
export function readTypedSafeguardingContact(text: string | null): SafeguardingContact | null {
  if (text === null) return null;
  try {
    return readSafeguardingContact(text, undefined);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(error.text, 'safeguarding');
    throw error;
  }
}
