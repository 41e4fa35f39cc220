import { quoteShort } from '../../base/text.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { SafeguardingContact } from './partnership.ts';

/** The longest name and number of a safeguarding contact, in characters. */
export const MAX_SAFEGUARDING_NAME_LENGTH = 80;
export const MAX_SAFEGUARDING_PHONE_LENGTH = 40;
/** The fewest digits of a number that people can ring, such as 101. */
const MIN_DIGITS = 3;

/** A phone number at the end of a text, as people write it: `01964 555 123`, `+44 (0)1964 555123`. */
const PHONE_AT_END = /[,;:]?\s*(?:\(?on\)?\s+)?(\+?[\d(][\d\s()./-]*)$/;

/**
 * Reads a safeguarding contact.
 * @param who the name, with the number after it if `phone` is undefined.
 * @throws UserError at the arg `name`, or at `phone` if the number is missing or cannot be rung.
 */
export function readSafeguardingContact(
  who: string,
  phone: string | undefined,
  member: string | null = null,
): SafeguardingContact {
  const typed = who.trim().replace(/\s+/g, ' ');
  const atEnd = phone === undefined ? PHONE_AT_END.exec(typed) : null;
  const name = (atEnd ? typed.slice(0, atEnd.index) : typed).trim();
  const number = (phone ?? atEnd?.[1] ?? '').trim().replace(/\s+/g, ' ');
  if (name === '') throw new UserError('What is their name?', 'name');
  if (name.length > MAX_SAFEGUARDING_NAME_LENGTH)
    throw new UserError(
      `That name is long. ${MAX_SAFEGUARDING_NAME_LENGTH} characters are enough.`,
      'name',
    );
  if (number === '')
    throw new UserError(
      rich`Which number should people ring to reach ${quoteShort(name)}?`,
      'phone',
    );
  if (
    number.length > MAX_SAFEGUARDING_PHONE_LENGTH ||
    number.replace(/\D/g, '').length < MIN_DIGITS
  )
    throw new UserError(rich`I can't read "${quoteShort(number)}" as a number to ring.`, 'phone');
  return { name, phone: number, member };
}

/** A safeguarding contact in words: `Jo Bell, 01964 555123`. */
export function safeguardingText({ name, phone }: SafeguardingContact): string {
  return `${name}, ${phone}`;
}
