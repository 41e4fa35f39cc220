import type { ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger, type StateStore } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { type RequestHandler, Router } from 'express';
import { errorFields, type Log } from '../../../core/base/log.ts';
import type { Installs } from '../install.ts';
import { botScopes, REDIRECT_PATH } from '../manifest.ts';
import { notInstalled, showNotInstalled } from './not-installed.ts';

const INSTALL_PATH = '/slack/install';

export interface OAuthOptions {
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** Where this process is reached from outside; no slash at its end. */
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
  // Bolt's own receiver brings the pages; what Slack sends later comes in by our door.
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
    const reason = notInstalled(error);
    const { status, toMend = 'slack installation failed' } = reason;
    if (status >= 500) log.error(errorFields(error), toMend);
    if (response.headersSent) response.end();
    else showNotInstalled(response, reason, `${publicUrl}${INSTALL_PATH}`);
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
