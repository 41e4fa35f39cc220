import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { type Problem, problemsOf } from './problem.ts';

/** One operation of Discord's REST API, as its OpenAPI document describes it. */
export interface Operation {
  /** Such as `create_message`. */
  id: string;
  method: string;
  /** Whether it goes without the bot's token. */
  open: boolean;
  /** The parameters in a path such as `/channels/1/messages`; undefined when it is another's. */
  match(path: string): Record<string, string> | undefined;
  /** What is wrong with the parameters of path and query (numbers and booleans are made in place) and the body. */
  problems(args: Json, body: unknown): Problem[];
}

const file = new URL('contracts/openapi.json', import.meta.url);
const contract: Json = JSON.parse(readFileSync(file, 'utf8'));
const schemas = objectOf(objectOf(contract.components).schemas);

/** Where the pages of Discord say something else than its OpenAPI document: permissions travel as text. */
const DIFFERENT: Json = {
  default_member_permissions: { type: ['string', 'null'], pattern: '^\\d+$' },
};

const namedIn = (some: Json, all: Json): Json =>
  Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(some, name)));

const options = { strict: false, validateFormats: false, allErrors: true };
const bodies = new Ajv2020(options);
bodies.addSchema({ $id: 'discord', components: { schemas: dressed(schemas) } });
const parameters = new Ajv2020({ ...options, coerceTypes: true });

/** The operations that the double knows. Each schema is compiled when it is first needed. */
export const operations: readonly Operation[] = Object.entries(objectOf(contract.paths)).flatMap(
  ([path, shared]) =>
    Object.entries(objectOf(shared))
      .filter(([method]) => method !== 'parameters')
      .map(([method, given]) => operationOf(path, objectOf(shared), method, objectOf(given))),
);

function operationOf(path: string, shared: Json, method: string, given: Json): Operation {
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  const security = listOf(given.security);
  const declared = [...listOf(shared.parameters), ...listOf(given.parameters)];
  let check: { args: ValidateFunction; body: ValidateFunction } | undefined;
  return {
    id: textOf(given.operationId),
    method: method.toUpperCase(),
    open: security.length === 0 || security.some((one) => Object.keys(one).length === 0),
    match(asked) {
      const found = pattern.exec(asked);
      return found ? { ...found.groups } : undefined;
    },
    problems(args, body) {
      check ??= {
        args: parameters.compile(parametersSchema(declared)),
        body: bodies.compile(bodySchema(objectOf(given.requestBody))),
      };
      const problems = check.args(args) ? [] : problemsOf(check.args.errors);
      return check.body(body) ? problems : [...problems, ...problemsOf(check.body.errors)];
    },
  };
}

function parametersSchema(declared: Json[]): Json {
  const properties = declared.map(({ name, schema }) => {
    const referred = textOf(objectOf(schema).$ref).split('/').at(-1);
    return [name, referred ? schemas[referred] : schema];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

/** A request without a described body has none. */
function bodySchema({ content }: Json): Json {
  const schema = objectOf(objectOf(content)['application/json']).schema;
  return schema ? (dressed(schema) as Json) : { type: 'null' };
}

/**
 * A schema as the double reads it: a field that it does not name is a slip of the pen, and a union of things that
 * say their `type` is decided by that alone, so that what is wrong inside is told of the right one.
 */
function dressed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(dressed);
  if (typeof part !== 'object' || part === null) return part;
  const schema: Json = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === '$ref' ? `discord${value}` : key === 'description' ? value : dressed(value),
    ]),
  );
  const { oneOf, anyOf, ...rest } = schema;
  const union = listOf(oneOf ?? anyOf);
  if (union.length && union.every((one) => 'const' in one))
    return { ...rest, enum: union.map((one) => one.const) };
  const kinds = union.map(kindsOf);
  if (union.length > 1 && kinds.every((kind) => kind.length > 0))
    return {
      ...rest,
      type: 'object',
      properties: { type: { enum: kinds.flat() } },
      required: ['type'],
      // biome-ignore lint/suspicious/noThenProperty: it is a schema's, and nobody waits for it.
      allOf: union.map((one, index) => ({ if: ofKind(kinds[index]), then: one })),
    };
  if (typeof schema.properties === 'object' && schema.additionalProperties === undefined) {
    schema.additionalProperties = false;
    const declared = objectOf(schema.properties);
    schema.properties = { ...idleIn(declared), ...declared, ...namedIn(declared, DIFFERENT) };
  }
  return schema;
}

/** What discord.js says of every message, also where Discord knows nothing of it; as `false` it means nothing. */
function idleIn({ allowed_mentions, tts }: Json): Json {
  const idle = { const: false };
  if (!allowed_mentions) return {};
  return { enforce_nonce: idle, ...(!tts && { tts: idle }) };
}

function ofKind(kinds: unknown): Json {
  return { properties: { type: { enum: kinds } }, required: ['type'] };
}

/** The values that `type` takes in a schema that is referred to; none when it need not say. */
function kindsOf({ $ref }: Json): unknown[] {
  const schema = objectOf(schemas[textOf($ref).split('/').at(-1) ?? '']);
  const { type } = objectOf(schema.properties);
  const needed = Array.isArray(schema.required) && schema.required.includes('type');
  const kinds = objectOf(type).enum;
  return needed && Array.isArray(kinds) ? kinds : [];
}
