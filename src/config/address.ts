import { z } from 'zod';

/** An address on the web, kept without a slash at its end. @param problem what is told of one that is none. */
export function address(problem: string) {
  return z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/, problem)
    .transform((url) => url.replace(/\/+$/, ''));
}
