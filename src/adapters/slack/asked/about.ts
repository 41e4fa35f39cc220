import type { Place, RawArgs } from '../../../core/message/invocation.ts';
import { LONGEST_METADATA } from '../limits.ts';

/** Where a form was asked for: what its answer needs. Travels in the view's `private_metadata`. */
export interface About {
  place: Place;
  /** The message whose button asked for it, where its answer may take that message's place. */
  message?: { channel: string; ts: string } | { responseUrl: string };
  /** Takes an answer that stands on its own, also where the bot is not in the channel. */
  responseUrl?: string;
}

interface Carried {
  about: About;
  kept: RawArgs;
}

/** As much as fits, the longest args left out. */
export function carried(about: About, kept: RawArgs): { metadata: string; left: RawArgs } {
  const args = Object.entries(kept).sort(([, a], [, b]) => a.length - b.length);
  const left: typeof args = [];
  const written = () => JSON.stringify({ about, kept: Object.fromEntries(args) } satisfies Carried);
  while (args.length > 0 && Buffer.byteLength(written()) > LONGEST_METADATA) {
    left.unshift(...args.splice(-1));
  }
  return { metadata: written(), left: Object.fromEntries(left) };
}

/** Reads `private_metadata` back. @returns undefined for what is not a form's. */
export function readCarried(metadata: string): Carried | undefined {
  try {
    const read: Partial<Carried> | null = JSON.parse(metadata);
    return read?.about && read.kept ? { about: read.about, kept: read.kept } : undefined;
  } catch {
    return undefined;
  }
}
