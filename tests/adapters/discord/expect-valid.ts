import { ComponentType } from 'discord.js';
import { expect } from 'vitest';
import { commandOfPress } from '../../../src/adapters/discord/render/button.ts';
import { commandProblems } from '../../doubles/discord/command-rules.ts';
import { optionsOf, partsOf } from '../../doubles/discord/components.ts';
import { operations } from '../../doubles/discord/contracts.ts';
import { messageProblems } from '../../doubles/discord/message-rules.ts';
import { modalProblems } from '../../doubles/discord/modal-rules.ts';
import { type Json, textOf } from '../../doubles/json.ts';

/** What is wrong with a request body, by Discord's OpenAPI document. */
function misfits(operation: string, body: unknown) {
  const found = operations.find(({ id }) => id === operation);
  if (!found) throw new Error(`There is no operation ${operation}.`);
  return found.problems({}, body);
}

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Expects a message that Discord accepts and that notifies nobody. */
export function expectMessage(message: object): void {
  const body: Json = json({ ...message });
  expect(misfits('create_message', body)).toEqual([]);
  expect(messageProblems(body, false)).toEqual([]);
  expect(body.allowed_mentions).toEqual({ parse: [] });
  const parts = componentsIn(body);
  expect(parts.length).toBeGreaterThan(0);
  for (const { content, label, placeholder } of parts) {
    for (const words of [content, label, placeholder]) {
      if (words !== undefined) expect(textOf(words).trim()).not.toBe('');
    }
  }
}

/** Expects a modal that Discord accepts. */
export function expectModal(modal: object): void {
  const data: Json = json({ ...modal });
  expect(misfits('create_interaction_response', { type: 9, data })).toEqual([]);
  expect(modalProblems(data)).toEqual([]);
}

/** Expects commands that Discord accepts. */
export function expectCommands(commands: readonly object[]): void {
  const body = json(commands) as Json[];
  expect(misfits('bulk_set_application_commands', body)).toEqual([]);
  expect(commandProblems(body)).toEqual([]);
}

/** All components at any depth, in reading order. */
export function componentsIn({ components }: object & { components?: unknown }): Json[] {
  return partsOf(json(components)).map(({ part }) => part);
}

/** What each button and each option of a menu does when it is pressed. */
export function pressedIn(message: object) {
  return componentsIn(message).flatMap((part) => {
    const customId = textOf(part.custom_id);
    if (part.type === ComponentType.Button) return [commandOfPress({ customId })];
    if (part.type !== ComponentType.StringSelect) return [];
    return optionsOf(part).map(({ value }) =>
      commandOfPress({ customId, values: [textOf(value)] }),
    );
  });
}

/** All texts of a message. */
export function textsIn(message: object): string[] {
  return componentsIn(message).flatMap(({ content }) => (content ? [textOf(content)] : []));
}
