import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from '../json.ts';
import { describeErrors } from '../schema-errors.ts';

/** Slack's published description of one Web API method. */
export interface Method {
  name: string;
  /** A bot token needs one of these scopes; none when the list is empty. */
  scopes: readonly string[];
  errors: ReadonlySet<string>;
  /** What is wrong with the arguments (converted in place from form encoding); undefined if nothing is. */
  problem(args: Json): string | undefined;
}

interface Published {
  scope?: { bot?: string[] };
  args: Json;
  errors?: Json;
}

/** Errors that every method may answer; the page of a method lists them with its own: https://docs.slack.dev/reference/methods/auth.test#errors */
const EVERY_METHOD = `access_denied accesslimited account_inactive deprecated_endpoint
  ekm_access_denied enterprise_is_restricted fatal_error internal_error invalid_arg_name
  invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data
  invalid_post_type method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type
  not_authed org_login_required ratelimited request_timeout service_unavailable team_access_not_granted
  team_added_to_org token_expired token_revoked two_factor_setup_required unknown_method`.split(
  /\s+/,
);

const contracts = new URL('contracts/', import.meta.url);
const folder = new URL('methods/', contracts);
const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: true });

/**
 * Slack's pages of methods that its published descriptions leave out: https://docs.slack.dev/reference/methods/files.delete,
 * https://docs.slack.dev/reference/methods/files.info and https://docs.slack.dev/reference/methods/auth.teams.list
 */
const fromPages: Readonly<Record<string, Published>> = {
  'auth.teams.list': {
    args: {
      type: 'object',
      required: ['token'],
      properties: {
        token: { type: 'string' },
        limit: { type: 'integer', minimum: 1, maximum: 1000 },
        cursor: { type: 'string' },
        include_icon: { type: 'boolean' },
      },
    },
    errors: { invalid_cursor: {}, invalid_limit: {} },
  },
  'files.info': {
    scope: { bot: ['files:read'] },
    args: {
      type: 'object',
      required: ['token', 'file'],
      properties: {
        token: { type: 'string' },
        file: { type: 'string' },
        count: { type: 'integer' },
        page: { type: 'integer' },
        limit: { type: 'integer' },
        cursor: { type: 'string' },
      },
    },
    errors: { file_not_found: {}, file_deleted: {}, timezone_not_found: {}, no_permission: {} },
  },
  'files.delete': {
    scope: { bot: ['files:write'] },
    args: {
      type: 'object',
      required: ['token', 'file'],
      properties: { token: { type: 'string' }, file: { type: 'string' } },
    },
    errors: {
      cant_delete_file: {},
      delete_not_allowed: {},
      file_deleted: {},
      file_deleting_disabled: {},
      file_not_found: {},
    },
  },
};

const published = readdirSync(folder).map((file): [name: string, method: Published] => [
  file.replace(/\.json$/, ''),
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
]);

/** The methods that the double knows, by name. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [...published, ...Object.entries(fromPages)].map(([name, method]) => [
    name,
    methodOf(name, method),
  ]),
);

/** A published sample of what Slack sends, such as `BlockActionPayload`: every key, with blank values. */
export const sampleOf = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`samples/${name}.json`, contracts), 'utf8'));

function methodOf(name: string, { scope, args, errors }: Published): Method {
  const properties = { team_id: { type: 'string' }, ...(args.properties as Json) };
  let check: ValidateFunction | undefined;
  return {
    name,
    scopes: scope?.bot ?? [],
    errors: new Set([...Object.keys(errors ?? {}), ...EVERY_METHOD]),
    problem(given) {
      check ??= ajv.compile({ ...args, properties, additionalProperties: false });
      return check(given) ? undefined : describeErrors('args', check.errors);
    },
  };
}
