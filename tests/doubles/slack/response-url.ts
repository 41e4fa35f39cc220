import { type Json, objectOf, textOf } from '../json.ts';
import { contentOf, parsed, post, remove, rewrite } from './post.ts';
import { Refusal } from './refusal.ts';
import type { Message, World } from './world.ts';

/** A URL for answers to one user action: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export interface ResponseUrl {
  channel: string;
  user: string;
  /** The message that was pressed. */
  message: Message | undefined;
  bot: { bot: string; botUser: string };
  uses: number;
  at: number;
  /** The messages that answered, new or edited. */
  answers: Message[];
}

const MAX_USES = 5;
const LIFETIME_MS = 30 * 60_000;
const KNOWN_FIELDS = new Set([
  ...['text', 'blocks', 'response_type', 'replace_original', 'delete_original', 'thread_ts'],
  ...['metadata', 'mrkdwn', 'unfurl_links', 'unfurl_media', 'attachments'],
]);

/** Handles what an app sends to a response URL. */
export function respond(
  { world, violation }: { world: World; violation(words: string): void },
  to: ResponseUrl | undefined,
  body: string,
): { status: number; body: string } {
  if (!to) return { status: 404, body: 'no_service' };
  try {
    take(world, to, objectOf(parsed(body)));
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.violation) violation(`response_url: ${error.code}: ${error.violation}`);
    return { status: 404, body: JSON.stringify({ ok: false, error: error.code }) };
  }
}

function take(world: World, to: ResponseUrl, body: Json): void {
  if (to.uses >= MAX_USES) throw new Refusal('used_url', 'a response URL used more than 5 times');
  if (world.now() - to.at > LIFETIME_MS) throw new Refusal('expired_url');
  to.uses += 1;
  const stray = Object.keys(body).find((key) => !KNOWN_FIELDS.has(key));
  if (stray) throw new Refusal('invalid_arguments', `${stray}: not known`);
  if (body.delete_original) {
    if (to.message) remove(world, to.message);
    return;
  }
  const content = contentOf(body);
  const replaced = body.replace_original && stillExists(world, to.message);
  if (replaced && to.message) {
    to.answers.push(to.message);
    rewrite(world, to.message, content);
    return;
  }
  answerTo(world, to, body, content);
}

/** Handles an answer in the acknowledgement of a slash command. */
export function answerInAck(
  { world, violation }: { world: World; violation(words: string): void },
  to: ResponseUrl,
  body: unknown,
): void {
  const answer = typeof body === 'string' ? { text: body } : objectOf(body);
  if (!('text' in answer || 'blocks' in answer)) return;
  try {
    answerTo(world, to, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    violation(`acknowledgement: ${error.code}: ${error.message}`);
  }
}

/** Posts an answer in the user's channel, only for the user unless it says `in_channel`. */
function answerTo(world: World, to: ResponseUrl, body: Json, content = contentOf(body)): Message {
  const kind = textOf(body.response_type) || 'ephemeral';
  if (!['ephemeral', 'in_channel'].includes(kind))
    throw new Refusal('invalid_arguments', `response_type: ${kind}`);
  const message = post(world, content, {
    channel: to.channel,
    user: to.bot.botUser,
    bot: to.bot.bot,
    only: kind === 'ephemeral' ? to.user : undefined,
    thread: textOf(body.thread_ts) || undefined,
  });
  to.answers.push(message);
  world.changed();
  return message;
}

function stillExists(world: World, message: Message | undefined): boolean {
  return !!message && (world.messages.get(message.channel) ?? []).includes(message);
}
