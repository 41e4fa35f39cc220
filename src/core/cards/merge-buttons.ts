import { REPLACE } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';

/** Merges a partner into another one, or shows what that would do. */
export function mergeButton(
  label: string,
  double: { id: string },
  kept: { id: string },
  more: { sure?: 'yes' } = {},
): Button {
  const args = { with: `#${double.id}`, into: `#${kept.id}`, ...more, [REPLACE]: 'yes' };
  return { label, command: 'partner merge', args };
}

/** Takes a merged partner apart from the other one. */
export function takeApartButton(double: { id: string }, label = 'Take it apart again'): Button {
  return { label, command: 'partner unmerge', args: { name: `#${double.id}` } };
}

/** Says that two partners of nearly the same name are two. */
export function distinctButton(one: { id: string }, other: { id: string }): Button {
  const args = { with: `#${one.id}`, from: `#${other.id}` };
  return { label: 'They are two', command: 'partner different', args };
}
