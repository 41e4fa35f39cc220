import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { CredentialError } from '../../core/base/credential-error.ts';

/** How Slack says that a token is no good: https://docs.slack.dev/reference/methods/auth.test#errors */
const REFUSALS = [
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

/** Checks the one workspace's bot token. @throws BadCredential, or what else went wrong. */
export async function checkBotToken(client: WebClient): Promise<void> {
  try {
    await client.auth.test();
  } catch (error) {
    throw badBotToken(error) ?? error;
  }
}

/** What is wrong with the bot token, if that is why a call was refused. */
export function badBotToken(error: unknown): CredentialError | undefined {
  const code = refusalIn(error);
  return code === undefined
    ? undefined
    : new CredentialError(
        `Slack does not take SLACK_BOT_TOKEN (${code}): copy the Bot User OAuth Token again from "Install App" in the settings of the Slack app.`,
      );
}

/** What is wrong with the app-level token, if that is why a connection was refused. */
export function badAppToken(error: unknown): CredentialError | undefined {
  const code = refusalIn(error);
  return code === undefined
    ? undefined
    : new CredentialError(
        `Slack does not take SLACK_APP_TOKEN (${code}): under "Basic Information" in the settings of the Slack app, make an app-level token with the scope connections:write.`,
      );
}

/** What is wrong with the app's id or secret, if that is why an installation failed: https://docs.slack.dev/reference/methods/oauth.v2.access#errors */
export function badAppCredential(error: unknown): CredentialError | undefined {
  const code = codeIn(error);
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

function refusalIn(error: unknown): string | undefined {
  const code = codeIn(error);
  return code !== undefined && REFUSALS.includes(code) ? code : undefined;
}

function codeIn(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
