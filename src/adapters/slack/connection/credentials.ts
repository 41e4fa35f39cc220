import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { CredentialError } from '../../../core/base/credential-error.ts';

/** Error codes that mean that a token does not work: https://docs.slack.dev/reference/methods/auth.test#errors */
const TOKEN_REFUSALS = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_expired',
  'token_revoked',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'team_access_not_granted',
  'user_removed_from_team',
  'team_disabled',
];

/** Checks the configured bot token. @throws CredentialError if Slack refuses it, else what the call throws. */
export async function checkBotToken(client: WebClient): Promise<void> {
  try {
    await client.auth.test();
  } catch (error) {
    throw badBotToken(error) ?? error;
  }
}

/** The error to show if a call was refused because of the bot token; else undefined. */
export function badBotToken(error: unknown): CredentialError | undefined {
  const code = tokenRefusal(error);
  return code === undefined
    ? undefined
    : new CredentialError(
        `Slack does not take SLACK_BOT_TOKEN (${code}): copy the Bot User OAuth Token again from "Install App" in the settings of the Slack app.`,
      );
}

/** The error to show if a connection was refused because of the app-level token; else undefined. */
export function badAppToken(error: unknown): CredentialError | undefined {
  const code = tokenRefusal(error);
  return code === undefined
    ? undefined
    : new CredentialError(
        `Slack does not take SLACK_APP_TOKEN (${code}): under "Basic Information" in the settings of the Slack app, make an app-level token with the scope connections:write.`,
      );
}

/** The error to show if an installation failed because of the app's id or secret; else undefined: https://docs.slack.dev/reference/methods/oauth.v2.access#errors */
export function badAppCredential(error: unknown): CredentialError | undefined {
  const code = errorCode(error);
  const variable =
    code === 'invalid_client_id'
      ? 'SLACK_CLIENT_ID'
      : code === 'bad_client_secret'
        ? 'SLACK_CLIENT_SECRET'
        : undefined;
  return variable === undefined
    ? undefined
    : new CredentialError(
        `Slack does not take ${variable} (${code}): copy it again from "Basic Information" in the settings of the Slack app.`,
      );
}

function tokenRefusal(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && TOKEN_REFUSALS.includes(code) ? code : undefined;
}

function errorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
