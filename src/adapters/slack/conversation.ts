import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { TIMED_OUT, withTimeout, withTimeoutOrThrow } from '../../core/async/with-timeout.ts';
import type { Form } from '../../core/message/form.ts';
import { type Reply, say } from '../../core/message/reply.ts';
import { bold, plainText, rich } from '../../core/message/rich-text.ts';
import {
  answerOrApologize,
  fileOnlyReply,
  handleInvocation,
  offerForm,
  privateReply,
  type ReadableAnswer,
} from '../shared/conversation.ts';
import type { RequestedCommand } from '../shared/request.ts';
import { PLATFORM } from './connection/platform.ts';
import type { Homes } from './home.ts';
import {
  argsWithFiles,
  fileArgs,
  filesDeclinedText,
  mayReadFiles,
} from './input/attached-files.ts';
import type { ChatMessage, FormSubmission, SlackInput } from './input/input.ts';
import { fileReference, referencedFile } from './render/file-input.ts';
import {
  type FormOrigin,
  formErrors,
  loadingModal,
  messageModal,
  modalOf,
  readForm,
} from './render/form.ts';
import { messageOf } from './render/message.ts';
import { type RequestDeps, slackRequest } from './request.ts';
import { openModal, replyTarget, sendReply, updateModal } from './send-reply.ts';

/** A form that is not ready by then opens as a loading modal: Slack opens modals for 3 s. */
const FORM_TIMEOUT_MS = 1_000;
/** Slack waits 3 s for the answer to a submitted form: https://docs.slack.dev/surfaces/modals#handling_submissions */
const SUBMIT_TIMEOUT_MS = 2_000;

type SubmittedForm = RequestedCommand & { origin: FormOrigin };

interface SlackAnswer extends ReadableAnswer {
  /** Undefined if it is not known. */
  client: WebClient | undefined;
}

/** How to acknowledge a submitted form: https://docs.slack.dev/surfaces/modals#response_actions */
type SubmissionAck =
  | { response_action: 'clear' }
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView };

/** Commands, and their answers. Nothing here throws. */
export interface Conversation {
  /** Runs a command and sends the answer to where it came from. */
  run(input: SlackInput, requested: RequestedCommand): Promise<void>;
  /** Answers a message where it was typed. */
  answer(message: ChatMessage): Promise<void>;
  /** Runs a submitted form. @returns how to acknowledge it, and what is left to do after that. */
  submit(input: FormSubmission): Promise<{ ack: SubmissionAck; after(): Promise<void> }>;
}

/** @param homes show the answers to their own buttons. */
export function createConversation(
  deps: RequestDeps,
  homes: Pick<Homes, 'noteViewer' | 'answer'>,
): Conversation {
  const { bot, clock, log } = deps;

  /** Has the bot answer when it is the workspace's turn. */
  async function askBot(input: SlackInput, requested: RequestedCommand): Promise<SlackAnswer> {
    let client: WebClient | undefined;
    const answering = async () => {
      const files = fileArgs(requested, deps.commands);
      if (files.length > 0) client = await deps.clients.of(input.team);
      const read = client ? await withFiles(input, requested, files, client) : requested;
      return bot.enqueue(input.team, async () => {
        const request = await slackRequest(input, read, deps);
        if (!request) return privateReply(notInstalledReply(deps.installUrl), clock);
        client = request.client;
        if (input.source?.kind === 'home') homes.noteViewer(input, request);
        return handleInvocation(request.invocation, deps);
      });
    };
    const options = { event: 'slack answer failed', clock, log };
    const answered = await answerOrApologize(requested.command, answering, options);
    return { ...answered, client };
  }

  /** The command, with the text of its files. @throws UserError if one cannot be read. */
  async function withFiles(
    { user }: SlackInput,
    requested: RequestedCommand,
    files: readonly string[],
    client: WebClient,
  ): Promise<RequestedCommand> {
    const { installUrl } = deps;
    const args = await argsWithFiles(requested.args, files, { client, user, installUrl, log });
    return { ...requested, args };
  }

  /** The form as a modal. A form with a file depends on what the workspace allows. */
  async function viewOf(
    form: Form,
    origin: FormOrigin,
    { client, reader }: SlackAnswer,
  ): Promise<ModalView> {
    const isForFile = form.fields.some(({ kind }) => kind === 'file');
    const isAllowed = isForFile && client ? await mayReadFiles(client) : undefined;
    if (isAllowed === undefined) return modalOf(form, origin, reader);
    const files = isAllowed ? {} : { declined: filesDeclinedText(deps.installUrl) };
    return modalOf(form, { ...origin, files }, reader);
  }

  async function run(input: SlackInput, requested: RequestedCommand): Promise<void> {
    const answering = askBot(input, requested);
    const modal = await modalFor(input, requested, answering);
    const answered = await answering;
    const { client, reader } = answered;
    const { form, reply } = answered.answer;
    const view = form && (await viewOf(form, formOrigin(input), answered));
    if (client && modal !== undefined) {
      const shown = view ?? messageModal(messageOf(reply, reader).blocks);
      if (await updateModal(client, modal, shown, log)) return;
    } else if (client && view) {
      if ((await openModal(client, input.triggerId, view, log)) !== undefined) return;
    }
    const late = view ? offerForm(requested, reply) : reply;
    await send(input, { ...answered, answer: { ...answered.answer, reply: late } });
  }

  /** The id of the modal that shows the answer: the open one, or a loading modal if a form takes long. */
  async function modalFor(
    input: SlackInput,
    requested: RequestedCommand,
    answering: Promise<SlackAnswer>,
  ): Promise<string | undefined> {
    if (input.source?.kind === 'modal') return input.source.view;
    if (!bot.mayNeedForm(requested)) return undefined;
    if ((await withTimeout(FORM_TIMEOUT_MS, answering)) !== TIMED_OUT) return undefined;
    const title = deps.commands.get(requested.command)?.title ?? 'Convenor';
    const clientInTime = withTimeoutOrThrow(FORM_TIMEOUT_MS, deps.clients.of(input.team));
    const client = await clientInTime.catch(() => undefined);
    return client && openModal(client, input.triggerId, loadingModal(title), log);
  }

  async function send(input: SlackInput, { answer, client, reader }: SlackAnswer): Promise<void> {
    if (input.said?.isInPassing && answer.isUnclear) return;
    const { reply, audience } = answer;
    if (input.source?.kind === 'home' && (await homes.answer(input, reply))) return;
    const options = { replaces: reply.replaces === true, audience };
    await sendReply(replyTarget(input, client), messageOf(reply, reader), options, log);
  }

  /** Sends an answer for which the bot is not needed. */
  async function sendAlone(input: SlackInput, reply: Reply): Promise<void> {
    const client = await deps.clients.of(input.team).catch(() => undefined);
    await send(input, { ...privateReply(reply, clock), client });
  }

  /** The answer to a file that may be a list of partners. */
  async function listReply(team: string, { id, name }: { id: string; name: string }) {
    const client = await deps.clients.of(team).catch(() => undefined);
    if (client && (await mayReadFiles(client)) === false)
      return { ...fileOnlyReply, text: rich`${filesDeclinedText(deps.installUrl)}` };
    const button = {
      label: `Import partners from ${name}`,
      command: 'partner import',
      args: { file: fileReference(id) },
    };
    return {
      text: rich`Is ${bold(name)} a list of partners? I can read it, and you see first what would change.`,
      card: [{ kind: 'buttons', buttons: [button] }],
    } satisfies Reply;
  }

  /** Answers a submitted form that took long. Its modal is still open. */
  async function answerLate(
    input: SlackInput,
    modal: string,
    form: SubmittedForm,
    answering: Promise<SlackAnswer>,
  ): Promise<void> {
    const answered = await answering;
    const { client, reader } = answered;
    const { answer } = answered;
    const again =
      answer.form && ackOf(answered, form, [])
        ? modalOf(answer.form, form.origin, reader)
        : undefined;
    const reply = answer.failed ? withFormAgain(answer.reply, form) : answer.reply;
    const view = again ?? messageModal(messageOf(reply, reader).blocks);
    const isShown = client && (await updateModal(client, modal, view, log));
    if (!again || !isShown) await send(input, { ...answered, answer: { ...answer, reply } });
  }

  return {
    run,
    async answer(message) {
      if (!message.isFileOnly) await run(message, bot.parseLine(message.text));
      if (message.list && !message.said?.isInPassing)
        await sendAlone(message, await listReply(message.team, message.list));
      else if (message.isFileOnly) await sendAlone(message, fileOnlyReply);
    },
    async submit(submission) {
      const form = readForm(submission.view);
      const done = { ack: { response_action: 'clear' } as const, after: async () => {} };
      if (!form) return done;
      const { origin, errors } = form;
      if (errors) return { ...done, ack: { response_action: 'errors', errors } };
      const input = atOrigin(submission, origin);
      const answering = askBot(input, form);
      const answered = await withTimeout(SUBMIT_TIMEOUT_MS, answering);
      if (answered === TIMED_OUT) {
        return {
          ack: { response_action: 'update', view: loadingModal('Convenor') },
          after: () => answerLate(input, submission.view.id, form, answering),
        };
      }
      const ack = answered.answer.failed
        ? keepOpen(submission.view, answered)
        : ackOf(answered, form, fileArgs(form, deps.commands));
      return ack ? { ...done, ack } : { ...done, after: () => send(input, answered) };
    },
  };
}

/** For a workspace whose token Convenor does not have. @param installUrl where it is installed; undefined in Socket Mode. */
function notInstalledReply(installUrl: string | undefined): Reply {
  return say(
    installUrl === undefined
      ? rich`I'm connected to another Slack workspace, so I can't do anything here. Please tell the person who runs Convenor.`
      : rich`I'm not connected to this workspace yet, so I couldn't do that. Ask the person who installed Convenor to open ${installUrl} and press Allow. It takes a minute.`,
  );
}

/**
 * How to show a submitted form again; undefined if it is done.
 * @param files the fields for which a file was chosen.
 */
function ackOf(
  { answer, reader }: ReadableAnswer,
  { origin }: SubmittedForm,
  files: readonly string[],
): SubmissionAck | undefined {
  const { form, reply } = answer;
  if (!form) return undefined;
  const errors = formErrors(form, files);
  if (errors) return { response_action: 'errors', errors };
  // The problem is not at a field of this form. The reply says what to do, with a button.
  if (reply.card?.length) return undefined;
  return { response_action: 'update', view: modalOf(form, origin, reader) };
}

/** Keeps a submitted form open, with what was typed, and says at its first field why. Undefined if it has no field. */
function keepOpen(
  view: FormSubmission['view'],
  { answer, reader }: ReadableAnswer,
): SubmissionAck | undefined {
  const [first] = Object.keys(view.state.values);
  if (first === undefined) return undefined;
  const problem = plainText(answer.reply.text, reader.zone);
  return { response_action: 'errors', errors: { [first]: problem } };
}

/** A reply about a file of a form that is no longer open, with a button that opens it again. */
function withFormAgain(reply: Reply, { command, args }: SubmittedForm): Reply {
  const typed = Object.entries(args).filter(([, value]) => referencedFile(value) === undefined);
  const hadFile = typed.length < Object.keys(args).length;
  return hadFile ? offerForm({ command, args: Object.fromEntries(typed) }, reply) : reply;
}

/** Where a form is opened from. */
function formOrigin({ place, source, responseUrl, thread }: SlackInput): FormOrigin {
  const inThread = { place, ...(thread !== undefined && { thread }) };
  if (source?.kind === 'home') return { place, home: true };
  if (source?.kind === 'ephemeral' && responseUrl) return { ...inThread, message: { responseUrl } };
  const message =
    source?.kind === 'message' ? { channel: source.channel, ts: source.ts } : undefined;
  return { ...inThread, ...(message && { message }), ...(responseUrl && { responseUrl }) };
}

/** A submitted form as an input from where the form was opened, so that its answer goes there. */
function atOrigin(submission: FormSubmission, origin: FormOrigin): SlackInput {
  const { message, responseUrl, thread, home } = origin;
  const place = { ...origin.place, platform: PLATFORM, workspace: submission.team };
  const input = { ...submission, place, thread };
  if (home) return { ...input, source: { kind: 'home' } };
  if (!message) return { ...input, responseUrl, source: undefined };
  if ('ts' in message) return { ...input, responseUrl, source: { kind: 'message', ...message } };
  return { ...input, ...message, source: { kind: 'ephemeral' } };
}
