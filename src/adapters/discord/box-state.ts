import { ComponentType } from 'discord.js';

/** What a box of a submitted modal holds: https://discord.com/developers/docs/components/reference#label-label-interaction-response-structure */
export interface BoxState {
  type: ComponentType;
  customId: string;
  value?: string | null | undefined;
  values?: readonly string[] | undefined;
}

/** The raw value of an arg: words as typed, people, channels and roles as tokens. @returns '' where nothing is filled in. */
export function valueIn({ type, value, values = [] }: BoxState): string {
  const [id = ''] = values;
  if (id === '') return value ?? '';
  switch (type) {
    case ComponentType.UserSelect:
      return `<@${id}>`;
    case ComponentType.ChannelSelect:
      return `<#${id}>`;
    case ComponentType.RoleSelect:
      return `<@&${id}>`;
    default:
      return values.join(', ');
  }
}
