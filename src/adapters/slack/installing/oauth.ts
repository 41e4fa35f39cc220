import type { ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger, type StateStore } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { type RequestHandler, Router } from 'express';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { UnsealError } from '../../../core/base/sealer.ts';
import { badAppCredential } from '../connection/credentials.ts';
import { botScopes, INSTALL_PATH, REDIRECT_PATH } from '../manifest/manifest.ts';
import type { Installs } from './installs.ts';
import { ExpiredStateError } from './oauth-states.ts';

export interface OAuthOptions {
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** The address at which Slack reaches this process, without a slash at its end. */
  publicUrl: string;
  installs: Installs;
  states: StateStore;
  clientOptions: WebClientOptions;
  logger: Logger;
  log: Log;
}

/** The two pages of an installation by OAuth: https://docs.slack.dev/authentication/installing-with-oauth */
export function oauthRoutes(options: OAuthOptions): Router {
  const { installs, states, clientOptions, publicUrl, log } = options;
  const scopes = botScopes.map(({ scope }) => scope);
  const redirectUri = `${publicUrl}${REDIRECT_PATH}`;
  // Bolt's receiver is used for its pages only. Our own receiver takes what Slack sends.
  const { installer } = new HTTPReceiver({
    ...options,
    redirectUri,
    scopes,
    installationStore: installs.store,
    installerOptions: {
      directInstall: true,
      stateStore: states,
      redirectUriPath: REDIRECT_PATH,
      clientOptions,
      ...(clientOptions.slackApiUrl && {
        authorizationUrl: new URL('/oauth/v2/authorize', clientOptions.slackApiUrl).href,
      }),
    },
  });

  const failure = (error: Error & { code?: string }, response: ServerResponse): void => {
    const failed = failedInstallation(error);
    const { status, event = 'slack installation failed' } = failed;
    if (status >= 500) log.error(errorFields(error), event);
    if (response.headersSent) response.end();
    else showFailedInstallation(response, failed, `${publicUrl}${INSTALL_PATH}`);
  };
  const page = (show: RequestHandler): RequestHandler => {
    return async (request, response, next) => {
      try {
        await show(request, response, next);
      } catch (error) {
        failure(error instanceof Error ? error : new Error(), response);
      }
    };
  };
  const routes = Router();
  routes.get(
    INSTALL_PATH,
    page((request, response) =>
      installer?.handleInstallPath(request, response, {}, { scopes, redirectUri }),
    ),
  );
  routes.get(
    REDIRECT_PATH,
    page((request, response) =>
      installer?.handleCallback(request, response, {
        failure: (error, _options, _request, answer) => failure(error, answer),
      }),
    ),
  );
  return routes;
}

/** Why an installation failed. */
interface FailedInstallation {
  status: number;
  /** For the person who is installing. */
  sentence: string;
  /** For the log, if the operator has to change a setting. */
  event?: string;
}

/** Bolt's error codes if the browser returns without its state, or with somebody else's. */
const STATE_ERRORS = [
  'slack_oauth_missing_state',
  'slack_oauth_invalid_state',
  'slack_oauth_missing_code',
];

/** Bolt's error code if somebody pressed Cancel. */
const CANCELLED = 'slack_oauth_installer_authorization_error';

function failedInstallation(error: Error & { code?: string }): FailedInstallation {
  if (error instanceof ExpiredStateError) return { status: 400, sentence: error.message };
  const { code = '' } = error;
  if (error instanceof UnsealError || STATE_ERRORS.includes(code)) {
    const sentence = 'That is not how this began: please start again, and stay in one browser.';
    return { status: 400, sentence };
  }
  if (code === CANCELLED) return { status: 400, sentence: 'Nothing was installed.' };
  const credential = badAppCredential(error);
  if (credential) {
    const sentence = 'Sorry, I am not set up correctly: please tell the person who runs me.';
    return { status: 500, sentence, event: credential.message };
  }
  const sentence = 'Sorry, something went wrong on my side. Please try again in a minute.';
  return { status: 500, sentence };
}

/** Shows a page with a link to start again. @param link where an installation begins. */
function showFailedInstallation(
  response: ServerResponse,
  { status, sentence }: FailedInstallation,
  link: string,
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><title>Convenor</title><p>${sentence}</p><p><a href="${link}">Start again</a></p>`,
  );
}
