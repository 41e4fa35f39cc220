import type { Json } from '../json.ts';

/** An object that has these fields and no others. */
export function shape(required: Json, optional: Json = {}): Json {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** One of several shapes, told apart by their `type`. */
export function oneOf(shapes: readonly Json[]): Json {
  return {
    type: 'object',
    required: ['type'],
    discriminator: { propertyName: 'type' },
    oneOf: shapes,
  };
}

export const flag = { type: 'boolean' };
export const number = { type: 'number' };
export const type = (name: string) => ({ const: name });
export const text = (most: number, least = 1) => ({
  type: 'string',
  minLength: least,
  maxLength: most,
});
export const list = (items: Json, most: number, least = 1) => ({
  type: 'array',
  items,
  minItems: least,
  maxItems: most,
});

/** Lengths of text objects: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const plain = (most: number) =>
  shape({ type: type('plain_text'), text: text(most) }, { emoji: flag });
export const mrkdwn = (most: number) =>
  shape({ type: type('mrkdwn'), text: text(most) }, { verbatim: flag });
export const either = (most: number) => oneOf([plain(most), mrkdwn(most)]);

/** Every block and element id: https://docs.slack.dev/reference/block-kit/blocks */
export const id = text(255);
