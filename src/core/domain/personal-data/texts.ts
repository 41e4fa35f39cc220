import { REMOVED_NAME } from '../retention/note-retention.ts';
import { findName, type NamePrint, type NameSpan } from './find-name.ts';

/** Whose name is searched for. */
export interface NameSearch {
  print: NamePrint;
  /** The id of the member whose name it is; null: the person is not a member. */
  member: string | null;
  /** Whether a member is somebody else for certain, although the name may be theirs too. */
  isSomebodyElse(member: string): boolean;
}

/** A text in a row that has the name, or a part of it. */
export interface FoundText {
  text: string;
  spans: readonly NameSpan[];
  /** The whole name is in the text. If only a part of it is, it can be somebody else's. */
  isClear: boolean;
}

/** What replaces an erased name. */
export const ERASED = '[erased]';

/** Finds the name in a value of any depth: each text that has it, once. */
export function findInValue(value: unknown, search: NameSearch): FoundText[] {
  const found = new Map<string, FoundText>();
  const look = (text: string): string => {
    if (found.has(text)) return text;
    const spans = findName(text, search.print);
    const isClear = spans.some((span) => span.isClear);
    if (spans.length > 0) found.set(text, { text, spans, isClear });
    return text;
  };
  mapTexts(value, {
    ...search,
    change: look,
    onOwnName: (text) => {
      found.set(text, {
        text,
        spans: [{ start: 0, end: text.length, isClear: true }],
        isClear: true,
      });
    },
  });
  return [...found.values()];
}

/**
 * The value without the name: a text in which it is clear, or that `isTheirs` says is about them, has {@link ERASED}
 * instead. A button that had the name goes.
 * @returns the same value if the name is not in it.
 */
export function eraseInValue<T>(
  value: T,
  search: NameSearch,
  isTheirs: (text: string) => boolean,
): T {
  const change = (text: string): string => {
    const spans = findName(text, search.print);
    if (spans.length === 0) return text;
    return spans.some(({ isClear }) => isClear) || isTheirs(text) ? blank(text, spans) : text;
  };
  return mapTexts(value, { ...search, change }) as T;
}

function blank(text: string, spans: readonly NameSpan[]): string {
  return spans.reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)}${ERASED}${rest.slice(end)}`,
    text,
  );
}

interface TextChange extends Pick<NameSearch, 'member' | 'isSomebodyElse'> {
  change(text: string): string;
  /** Called with the name that a message shows for the member. */
  onOwnName?(text: string): void;
}

/** Applies a change to each text of a value. Parts in which nothing changes stay the same objects. */
function mapTexts(value: unknown, deps: TextChange, key = ''): unknown {
  if (typeof value === 'string') return deps.change(value);
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => mapTexts(item, deps));
    if (items.every((item, index) => item === value[index])) return value;
    // A button would act on the text that replaced the name.
    return key === 'buttons' ? value.filter((item, index) => item === items[index]) : items;
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (isMemberNode(value)) return mapMemberNode(value, deps);
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, mapTexts(inner, deps, name)] as const,
  );
  const isSame = entries.every(
    ([name, inner]) => inner === (value as Record<string, unknown>)[name],
  );
  return isSame ? value : Object.fromEntries(entries);
}

interface MemberNode {
  member: string;
  name: string;
}

/** A member in rich text, by id and name. */
const isMemberNode = (value: object): value is MemberNode =>
  'member' in value &&
  'name' in value &&
  typeof value.member === 'string' &&
  typeof value.name === 'string';

function mapMemberNode(node: MemberNode, deps: TextChange): MemberNode {
  if (node.member === deps.member) {
    if (node.name === REMOVED_NAME) return node;
    deps.onOwnName?.(node.name);
    // To look for the name changes nothing.
    return deps.onOwnName ? node : { ...node, name: REMOVED_NAME };
  }
  if (deps.isSomebodyElse(node.member)) return node;
  const name = deps.change(node.name);
  return name === node.name ? node : { ...node, name };
}
