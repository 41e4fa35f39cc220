import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { joined, type RichText, rich } from '../../message/rich-text.ts';

/**
 * What became of an undo.
 * @param kept whether something stays as it is.
 * @param out messages that had gone out: they cannot be called back.
 */
export function takenText(kept: boolean, out: readonly Delivery[], names: Directory): RichText {
  const namesOf = (rows: readonly Delivery[]) =>
    joined(
      rows.map(({ recipient }) => rich`${names.member(recipient)?.name ?? 'somebody'}`),
      ' and ',
    );
  const asked = out.filter(({ awaited }) => awaited);
  const told = out.filter(({ awaited }) => !awaited);
  const word =
    told.length > 0 &&
    rich` I had already told ${namesOf(told)}, so please let them know yourself.`;
  if (kept) return rich`Taken back, except what has changed since: that I left as it is.${word}`;
  if (out.length === 0) return rich`Taken back. It is as if it had not happened.`;
  const answer =
    asked.length > 0 &&
    rich` I had already asked ${namesOf(asked)}: whoever answers now hears that it was taken back.`;
  return rich`Taken back.${answer}${word}`;
}
