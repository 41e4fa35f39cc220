/** What a box of a submitted view holds: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export interface BoxState {
  value?: string | null | undefined;
  selected_option?: { value?: string } | null | undefined;
  selected_options?: readonly { value?: string }[] | null | undefined;
  selected_user?: string | null | undefined;
  selected_conversation?: string | null | undefined;
}

/** The raw value of an arg: words as typed, people and channels as tokens. @returns '' where nothing is filled in. */
export function valueIn(state: BoxState): string {
  if (state.selected_user) return `<@${state.selected_user}>`;
  if (state.selected_conversation) return `<#${state.selected_conversation}>`;
  if (state.selected_options) return state.selected_options.map(({ value }) => value).join(', ');
  return state.selected_option?.value ?? state.value ?? '';
}
