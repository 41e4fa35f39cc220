import type { RawArgs } from '../../core/invocation.ts';

/** What was pressed, as a `block_actions` payload has it: a button, or an option picked from a row's menu. */
export interface PressedAction {
  action_id: string;
  selected_option?: { value?: string } | null;
}

/** The command and args of a pressed button or picked option. @returns undefined for what is not Convenor's. */
export function pressed(_action: PressedAction): { command: string; args: RawArgs } | undefined {
  throw new Error('not yet');
}
