import type { WebClient } from '@slack/web-api';
import { errorFields, type Log } from '../../../core/base/log.ts';
import type { Commands } from '../../../core/command/command.ts';
import type { RawArgs } from '../../../core/message/invocation.ts';
import { UserError } from '../../../core/message/user-error.ts';
import { downloadFile } from '../../shared/files/download.ts';
import { fileText, MAX_FILE_BYTES } from '../../shared/files/file-text.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { isAlreadyGone, lacksScope } from '../connection/errors.ts';
import { referencedFile } from '../render/file-input.ts';

/** The scope for files that people attach: https://docs.slack.dev/reference/scopes/files.read */
const FILE_SCOPE = 'files:read';

/** The args of a command that are files at Slack. */
export function fileArgs({ command, args }: RequestedCommand, commands: Commands): string[] {
  const declared = commands.get(command)?.args ?? {};
  return Object.keys(args).filter(
    (name) => declared[name]?.kind === 'file' && referencedFile(args[name] ?? '') !== undefined,
  );
}

interface AttachedFilesDeps {
  client: WebClient;
  /** Only files that this user uploaded are read. */
  user: string;
  /** See {@link filesDeclinedText}. */
  installUrl: string | undefined;
  log: Pick<Log, 'warn'>;
}

/**
 * The args of a command, with the text of its files.
 * @param names of the args that are files.
 * @throws UserError that says why a file cannot be read, and what to do.
 */
export async function argsWithFiles(
  args: RawArgs,
  names: readonly string[],
  deps: AttachedFilesDeps,
): Promise<RawArgs> {
  const texts = names.map(async (name) => {
    const id = referencedFile(args[name] ?? '') ?? '';
    return [name, await fileText(await bytesOf(id, deps))] as const;
  });
  return { ...args, ...Object.fromEntries(await Promise.all(texts)) };
}

/** https://docs.slack.dev/reference/objects/file-object#authentication */
async function bytesOf(id: string, deps: AttachedFilesDeps): Promise<Uint8Array> {
  const { client, user, installUrl, log } = deps;
  try {
    const { file } = await client.files.info({ file: id });
    const { user: owner, size = 0, url_private_download: url = '' } = file ?? {};
    if (owner !== user)
      throw new UserError('Somebody else uploaded that file. Save it, and choose your own copy.');
    if (size > MAX_FILE_BYTES) throw new UserError(TOO_LARGE);
    if (!isAtSlack(url, client)) throw new Error('A file is at an address that is not Slack.');
    const bytes = await downloadFile(url, { authorization: `Bearer ${client.token}` });
    if (bytes.length > MAX_FILE_BYTES) throw new UserError(TOO_LARGE);
    return bytes;
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (lacksScope(error)) throw new UserError(filesDeclinedText(installUrl));
    if (isAlreadyGone(error))
      throw new UserError("That file isn't at Slack any more. Please choose it again.");
    log.warn(errorFields(error), 'slack does not return a file');
    throw new UserError(
      "Slack didn't give me that file. Please try again in a minute, or paste the list instead.",
    );
  }
}

/** Whether an address is one of the Slack that the client speaks to: of slack.com, or for example of slack-gov.com. */
function isAtSlack(address: string, { slackApiUrl }: WebClient): boolean {
  const api = new URL(slackApiUrl);
  const { hostname, protocol, port } = new URL(address);
  const isThere = hostname === api.hostname || hostname.endsWith(`.${api.hostname}`);
  return isThere && protocol === api.protocol && port === api.port;
}

/** Whether the workspace lets Convenor read files; undefined if Slack does not tell. Never throws. */
export async function mayReadFiles(client: WebClient): Promise<boolean | undefined> {
  const answer = await client.auth.test().catch(() => undefined);
  return answer?.response_metadata?.scopes?.includes(FILE_SCOPE);
}

/** What has to be done before files can be read. @param installUrl where a workspace installs Convenor; undefined in Socket Mode. */
export function filesDeclinedText(installUrl: string | undefined): string {
  const how =
    installUrl === undefined
      ? 'ask the person who runs Convenor to install it here again'
      : `ask somebody who manages the apps here to open ${installUrl}`;
  return `I can't open files in this workspace yet, but you can paste your list. To send me files too, ${how} and allow "${FILE_SCOPE}".`;
}

const TOO_LARGE =
  'That file is larger than I can read (about 4 MB). Keep only the sheet with your partners, save it as .xlsx or CSV, and choose that.';
