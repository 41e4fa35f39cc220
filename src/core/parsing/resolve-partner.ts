import { cleaned, cut } from '../base/cut.ts';
import type { Arg } from '../command/args.ts';
import type { Directory, PartnerName } from '../domain/directory/directory.ts';
import { partnersOf } from '../domain/directory/names-in.ts';
import type { PartnerRef } from '../domain/partners/partner.ts';
import { bold, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { matchWhole, nameKey } from '../names/match.ts';
import { type Asking, askWhich } from './ask-partner.ts';
import { isNone, type ResolveContext } from './resolve-value.ts';

/** The longest name a partner may have. */
const LONGEST_NAME = 120;

/** The partner a value names: `#id`, `+Name` to add it, or a name. @throws UserError @throws Question */
export function resolvePartner(
  name: string,
  arg: Arg & { kind: 'partner' },
  raw: string,
  asking: Asking,
  context: ResolveContext,
): PartnerRef | null | undefined {
  const text = cleaned(raw).replace(/\s+/g, ' ');
  const { directory } = context;
  if (text === '') return undefined;
  if (arg.clearable && isNone(arg, text)) return null;
  if (text.startsWith('#')) return byId(name, text.slice(1), directory);
  if (arg.add && text.startsWith('+')) return added(name, text.slice(1).trim(), context);

  const match = matchWhole(text, partnersOf(directory));
  if (match.kind === 'one') return ref(match.item);
  checkName(name, text);
  if (match.kind === 'none') refuseArchived(name, text, directory);
  throw askWhich({ arg: name, typed: text, rest: '', words: '', match }, asking, context);
}

const ref = ({ id, name }: PartnerName): PartnerRef => ({ id, name });

function byId(arg: string, id: string, directory: Directory): PartnerRef {
  const partner = directory.partner(id);
  if (partner && !partner.archived) return ref(partner);
  throw partner ? archived(arg, partner) : gone(arg);
}

function gone(arg: string): UserError {
  return new UserError(
    rich`That partner is no longer in the register. Pick another one, please.`,
    arg,
  );
}

function archived(arg: string, { name }: PartnerName): UserError {
  return new UserError(
    rich`${bold(name)} is no longer in the register: it was archived. Bring it back with partner restore, or pick another one.`,
    arg,
  );
}

/** A name nobody has who is still here may be that of somebody archived: then adding it anew would be no help. */
export function refuseArchived(arg: string, name: string, directory: Directory): void {
  const standing = withName(name, directory);
  if (standing?.archived) throw archived(arg, standing);
}

/** A name to be added, or the partner that has it already. */
function added(arg: string, name: string, { directory, id }: ResolveContext): PartnerRef {
  checkName(arg, name);
  const standing = withName(name, directory);
  if (standing) return byId(arg, standing.id, directory);
  return { id: id(`partner ${arg}`), name, isNew: true };
}

function withName(name: string, { partners }: Directory): PartnerName | undefined {
  const key = nameKey(name);
  if (key === '') return undefined;
  const named = partners.find((partner) => nameKey(partner.name) === key);
  const known = partners.filter((partner) =>
    partner.aliases.some((alias) => nameKey(alias) === key),
  );
  return named ?? (known.length === 1 ? known[0] : undefined);
}

/** @throws UserError for what cannot be a name. */
function checkName(arg: string, name: string): void {
  if (nameKey(name) === '') {
    throw new UserError(
      rich`"${cut(name)}" has no letters in it. What is the partner's name?`,
      arg,
    );
  }
  if (name.length > LONGEST_NAME) {
    throw new UserError(
      rich`"${cut(name)}" is too long for a name: it may have up to ${LONGEST_NAME} characters.`,
      arg,
    );
  }
}
