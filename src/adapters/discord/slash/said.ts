import type { RawArgs } from '../../../core/message/invocation.ts';

/** What somebody asks for with a slash command or a form. */
export interface Said {
  command: string;
  args: RawArgs;
  /** Args whose value is in an attached file, by its id. */
  files: { readonly [arg: string]: string };
}
