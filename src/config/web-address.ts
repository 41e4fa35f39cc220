import { z } from 'zod';

/** The schema of an http or https address; drops a final slash. @param problem the message for anything else. */
export function webAddress(problem: string) {
  return z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/, problem)
    .transform((url) => url.replace(/\/+$/, ''));
}
