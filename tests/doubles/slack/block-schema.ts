import type { Json } from '../json.ts';

/** The schema of an object with these fields and no others. */
export function shape(required: Json, optional: Json = {}): Json {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** The schema of one of several shapes, which differ in their `type`. */
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
export const text = (max: number, min = 1) => ({
  type: 'string',
  minLength: min,
  maxLength: max,
});
export const list = (items: Json, max: number, min = 1) => ({
  type: 'array',
  items,
  minItems: min,
  maxItems: max,
});

/** Lengths of text objects: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const plain = (max: number) =>
  shape({ type: type('plain_text'), text: text(max) }, { emoji: flag });
export const mrkdwn = (max: number) =>
  shape({ type: type('mrkdwn'), text: text(max) }, { verbatim: flag });
export const either = (max: number) => oneOf([plain(max), mrkdwn(max)]);

/** Every block and element id: https://docs.slack.dev/reference/block-kit/blocks */
export const id = text(255);
