import type { Arg } from '../../command/args.ts';
import { MAX_DETAIL_LENGTH, MAX_PERSON_NAME_LENGTH } from '../../domain/people/person.ts';
import { UserError } from '../../message/user-error.ts';

/** The details of a person, as args of the commands that set them. */
export const details = {
  job: {
    kind: 'text',
    max: MAX_DETAIL_LENGTH,
    aliases: ['role'],
    summary: 'What they do there, such as housing officer',
    ask: 'What do they do there?',
    hint: '',
  },
  phone: {
    kind: 'text',
    max: MAX_DETAIL_LENGTH,
    summary: 'A work number. A home number only if they gave it for this',
    ask: 'Work phone?',
    hint: 'A home number only if they gave it for this',
  },
  email: {
    kind: 'text',
    max: MAX_DETAIL_LENGTH,
    aliases: ['e-mail', 'mail'],
    summary: 'Their work e-mail address',
    ask: 'Work e-mail?',
    hint: '',
  },
  reach: {
    kind: 'text',
    max: MAX_DETAIL_LENGTH,
    summary: 'How they like to be reached, such as by e-mail, or mornings only',
    ask: 'How do they like to be reached?',
    hint: '',
  },
} as const satisfies Readonly<Record<string, Arg>>;

export const nameArg = {
  kind: 'text',
  isName: true,
  max: MAX_PERSON_NAME_LENGTH,
  summary: 'What they are called',
} as const;

/** Fewer digits are no phone number. */
const MIN_PHONE_DIGITS = 5;

/** @throws UserError if a phone number has too few digits, or an e-mail address no "@". */
export function checkDetails(given: {
  phone?: string | null | undefined;
  email?: string | null | undefined;
}): void {
  const { phone, email } = given;
  if (phone && (phone.match(/\d/g) ?? []).length < MIN_PHONE_DIGITS)
    throw new UserError(
      `I can't read "${phone}" as a phone number. Type it with all its digits.`,
      'phone',
    );
  if (email && !/^\S+@\S+\.\S+$/.test(email))
    throw new UserError(
      `I can't read "${email}" as an e-mail address. It should look like jane@example.org.`,
      'email',
    );
}
