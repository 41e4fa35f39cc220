import type { ErrorObject } from 'ajv';
import type { Json } from '../json.ts';

/** One problem of a request. */
export interface Problem {
  /** Where, such as `['components', 0, 'label']`. */
  path: readonly (string | number)[];
  code: string;
  message: string;
}

/** One problem if the condition holds, else none. */
export function problemIf(
  isThere: unknown,
  path: Problem['path'],
  message: string,
  code = 'INVALID',
): Problem[] {
  return isThere ? [{ path, code, message }] : [];
}

/** Discord's codes and messages for schema errors. */
const WORDS: Record<string, (params: Json) => [code: string, message: string]> = {
  required: () => ['BASE_TYPE_REQUIRED', 'This field is required'],
  maxLength: ({ limit }) => ['BASE_TYPE_MAX_LENGTH', `Must be ${limit} or fewer in length.`],
  minLength: ({ limit }) => ['BASE_TYPE_MIN_LENGTH', `Must be ${limit} or more in length.`],
  maxItems: ({ limit }) => ['BASE_TYPE_MAX_LENGTH', `Must be ${limit} or fewer in length.`],
  minItems: ({ limit }) => ['BASE_TYPE_MIN_LENGTH', `Must be ${limit} or more in length.`],
  enum: ({ allowedValues }) => [
    'BASE_TYPE_CHOICES',
    `Value must be one of {${(allowedValues as unknown[]).join(', ')}}.`,
  ],
  additionalProperties: () => ['UNKNOWN_KEY', 'There is no such field here.'],
};

/** The problems that a schema found, without errors that only follow from others. */
export function problemsOf(errors: readonly ErrorObject[] | null | undefined): Problem[] {
  const all = errors ?? [];
  const telling = all.filter(
    ({ keyword, params }) => !['oneOf', 'anyOf', 'if'].includes(keyword) && params.type !== 'null',
  );
  return (telling.length ? telling : all).map(({ instancePath, keyword, params, message }) => {
    const more = params.missingProperty ?? params.additionalProperty;
    const path = [...stepsOf(instancePath), ...(more === undefined ? [] : [String(more)])];
    const [code, words] = WORDS[keyword]?.(params) ?? ['BASE_TYPE_BAD_VALUE', `${message}`];
    return { path, code, message: words };
  });
}

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/')));

/** The `errors` of an answer: a tree that ends in lists of `_errors`. */
export function errorTree(problems: readonly Problem[]): Json {
  const tree: Json = {};
  for (const { path, code, message } of problems) {
    let place = tree;
    for (const step of path) {
      place[step] ??= {};
      place = place[step] as Json;
    }
    place._errors = [...((place._errors as Json[]) ?? []), { code, message }];
  }
  return tree;
}
