import type { ServerResponse } from 'node:http';
import { Unsealable } from '../../../core/base/sealer.ts';
import { badAppCredential } from '../credentials.ts';
import { StateOver } from './installation-states.ts';

/** Why an installation did not come about. */
export interface NotInstalled {
  status: number;
  /** For whoever tried. */
  sentence: string;
  /** For whoever runs Convenor, where it is theirs to mend. */
  toMend?: string;
}

/** How Bolt's installer says that the browser came back with less than it went with, or that somebody else sent it. */
const STRAYED = [
  'slack_oauth_missing_state',
  'slack_oauth_invalid_state',
  'slack_oauth_missing_code',
];
/** … and that somebody pressed Cancel at Slack. */
const CANCELLED = 'slack_oauth_installer_authorization_error';

/** What an error of the last page of an installation means. */
export function notInstalled(error: Error & { code?: string }): NotInstalled {
  if (error instanceof StateOver) return { status: 400, sentence: error.message };
  const { code = '' } = error;
  if (error instanceof Unsealable || STRAYED.includes(code)) {
    const sentence = 'That is not how this began: please start again, and stay in one browser.';
    return { status: 400, sentence };
  }
  if (code === CANCELLED) return { status: 400, sentence: 'Nothing was installed.' };
  const credential = badAppCredential(error);
  if (credential) {
    const sentence = 'Sorry, I am not set up rightly: please tell whoever runs me.';
    return { status: 500, sentence, toMend: credential.message };
  }
  const sentence = 'Sorry, something went wrong on my side. Please try again in a minute.';
  return { status: 500, sentence };
}

/** Shows it, with a way to begin again. @param link where an installation begins. */
export function showNotInstalled(
  response: ServerResponse,
  { status, sentence }: NotInstalled,
  link: string,
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><title>Convenor</title><p>${sentence}</p><p><a href="${link}">Start again</a></p>`,
  );
}
