import { createHash } from 'node:crypto';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Standing } from './receive.ts';
import type { DiscordMessage } from './render.ts';

/** Above the small ids that Discord gives components, and below those that mark a delivery (see mark.ts). */
const OURS = 0x2000_0000;

/**
 * A message in a direct conversation, or a form, with the mark of the server it belongs to: whoever is on several is
 * understood there without being asked. It is the id of a component, which nobody sees and which every press brings
 * back: https://discord.com/developers/docs/components/reference#anatomy-of-a-component
 */
export function ofServer<T extends DiscordMessage | APIModalInteractionResponseCallbackData>(
  shown: T,
  server: string,
): T {
  const last = shown.components.at(-1);
  // A single component has nothing to press beside it, and may have another mark.
  if (!last || last.id !== undefined) return shown;
  const components = [...shown.components.slice(0, -1), { ...last, id: markOf(server) }];
  return { ...shown, components };
}

/** A message whose buttons, in order, belong to these servers. */
export function ofServers(message: DiscordMessage, servers: readonly string[]): DiscordMessage {
  const left = [...servers];
  const components = message.components.map((shown) =>
    'components' in shown
      ? {
          ...shown,
          components: shown.components.map((one) => ({ ...one, id: markOf(left.shift() ?? '') })),
        }
      : shown,
  );
  return { ...message, components };
}

/** Which of some servers something belongs to that was pressed or sent. @returns undefined where it has no mark of them. */
export function serverOf(
  { on, form }: { on: Standing | undefined; form?: readonly unknown[] | undefined },
  servers: readonly string[],
): string | undefined {
  const shown = [...(on?.components ?? []), ...(form ?? [])].map(shapeOf);
  const inside = shown.flatMap(({ components }) => components.map(shapeOf));
  // A button's own mark says more than that of its message.
  const pressed = inside.filter(
    ({ custom_id }) => custom_id !== undefined && custom_id === on?.pressed,
  );
  const marks = [...pressed, ...shown].map(({ id }) => id);
  const found = marks.map((mark) => servers.find((server) => markOf(server) === mark));
  return found.find((server) => server !== undefined);
}

function shapeOf(component: unknown): { id: unknown; custom_id: unknown; components: unknown[] } {
  const { id, custom_id, components } = Object(component);
  return { id, custom_id, components: Array.isArray(components) ? components : [] };
}

/** 29 bits of a digest. */
function markOf(server: string): number {
  return OURS + (createHash('sha256').update(server).digest().readUInt32BE() >>> 3);
}
