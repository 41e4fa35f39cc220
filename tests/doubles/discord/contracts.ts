import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { type Problem, problemsOf } from './problem.ts';

/** One operation of Discord's REST API, as its OpenAPI document describes it. */
export interface Operation {
  /** Such as `create_message`. */
  id: string;
  method: string;
  /** Whether it works without the bot's token. */
  open: boolean;
  /** The parameters in a path such as `/channels/1/messages`; undefined when the path belongs to another operation. */
  match(path: string): Record<string, string> | undefined;
  /** What is wrong with the parameters of path and query (converted in place to numbers and booleans) and with the body. */
  problems(args: Json, body: unknown): Problem[];
}

const file = new URL('contracts/openapi.json', import.meta.url);
const contract: Json = JSON.parse(readFileSync(file, 'utf8'));
const schemas = objectOf(objectOf(contract.components).schemas);

/** Discord's pages differ here from its OpenAPI document: permissions are sent as text. */
const DIFFERENT: Json = {
  default_member_permissions: { type: ['string', 'null'], pattern: '^\\d+$' },
};

const namedIn = (some: Json, all: Json): Json =>
  Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(some, name)));

const options = { strict: false, validateFormats: false, allErrors: true };
const bodies = new Ajv2020(options);
bodies.addSchema({ $id: 'discord', components: { schemas: dressed(schemas) } });
const parameters = new Ajv2020({ ...options, coerceTypes: true });

/** The operations that the double knows. A schema is compiled when it is first needed. */
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

/** An operation without a described body must not get one. */
function bodySchema({ content }: Json): Json {
  const schema = objectOf(objectOf(content)['application/json']).schema;
  return schema ? (dressed(schema) as Json) : { type: 'null' };
}

/**
 * A stricter schema. It refuses fields that it does not name, since they are probably misspelt. A union of objects with a
 * `type` is decided by the type alone, so that errors are about the right object.
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
      // biome-ignore lint/suspicious/noThenProperty: this is a JSON Schema keyword, and nobody awaits it.
      allOf: union.map((one, index) => ({ if: ofKind(kinds[index]), then: one })),
    };
  if (typeof schema.properties === 'object' && schema.additionalProperties === undefined) {
    schema.additionalProperties = false;
    const declared = objectOf(schema.properties);
    schema.properties = { ...idleIn(declared), ...declared, ...namedIn(declared, DIFFERENT) };
  }
  return schema;
}

/** Fields that discord.js adds to every message, also where Discord does not have them. As `false` they mean nothing. */
function idleIn({ allowed_mentions, tts }: Json): Json {
  const idle = { const: false };
  if (!allowed_mentions) return {};
  return { enforce_nonce: idle, ...(!tts && { tts: idle }) };
}

function ofKind(kinds: unknown): Json {
  return { properties: { type: { enum: kinds } }, required: ['type'] };
}

/** The values of `type` in a referenced schema; none when the field is optional. */
function kindsOf({ $ref }: Json): unknown[] {
  const schema = objectOf(schemas[textOf($ref).split('/').at(-1) ?? '']);
  const { type } = objectOf(schema.properties);
  const needed = Array.isArray(schema.required) && schema.required.includes('type');
  const kinds = objectOf(type).enum;
  return needed && Array.isArray(kinds) ? kinds : [];
}
