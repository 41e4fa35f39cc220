import { rich } from '../message/rich-text.ts';

/** What Convenor is for, to somebody who has not met it yet. */
export const introduction = rich`I keep track of who you talk with and what was promised, and I remind whoever promised it.`;
