import type { Address } from '../../src/core/message/address.ts';
import type { Identity, Profile } from '../../src/core/message/invocation.ts';
import type { Reply } from '../../src/core/message/reply.ts';
import type { Adapter, FileContent, Outgoing, SendResult } from '../../src/core/ports/platform.ts';

/** A message as the platform's users see it. */
export interface Posted {
  id: string;
  delivery: string;
  address: Address;
  reply: Reply;
  file?: FileContent;
}

/** What happens to the next send. `lost answer`: posted, but the answer is lost. `lost message`: not posted. */
export type Fault = 'lost answer' | 'lost message' | 'gone' | { later: number };

/** A platform in memory, which keeps what was posted and fails when a test says so. */
export class ChatPlatform implements Adapter {
  readonly platform: string;
  readonly posted: Posted[] = [];
  /** Faults for the next sends, one for each. */
  readonly faults: Fault[] = [];
  /** The ids of the messages that were deleted, in order. */
  readonly removed: string[] = [];
  /** Faults for the next deletions, one for each. */
  readonly removeFaults: Fault[] = [];
  /** Called before a message is posted. @returns a fault for this message, if there is one. */
  onSend: (message: Outgoing) => Promise<Fault | undefined> | Promise<void> = async () => {};

  /** What the platform says of users; undefined: it does not answer. Everybody else is a full user. */
  readonly profiles = new Map<string, Profile | undefined>();

  constructor(platform = 'test') {
    this.platform = platform;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async send(message: Outgoing): Promise<SendResult> {
    const { delivery, address, reply, file } = message;
    const fault = (await this.onSend(message)) ?? this.faults.shift();
    if (fault === 'gone') return { outcome: 'permanent', reason: 'They have left.' };
    if (fault === 'lost message') throw new Error('The connection broke.');
    if (typeof fault === 'object') return { outcome: 'later', ms: fault.later };
    const id = `message-${this.posted.length + 1}`;
    this.posted.push({ id, delivery, address, reply, ...(file && { file }) });
    if (fault === 'lost answer') throw new Error('The connection broke.');
    return { outcome: 'sent', id };
  }

  async profileOf({ user }: Identity): Promise<Profile | undefined> {
    if (this.profiles.has(user)) return this.profiles.get(user);
    return { name: user, zone: null, standing: 'full' };
  }

  async postingProblem(): Promise<string | undefined> {
    return undefined;
  }

  async edit(): Promise<SendResult> {
    return { outcome: 'permanent', reason: 'Nothing here edits.' };
  }

  async remove(_address: Address, id: string): Promise<SendResult> {
    const fault = this.removeFaults.shift();
    if (fault === 'gone') return { outcome: 'permanent', reason: 'It cannot be deleted.' };
    if (typeof fault === 'object') return { outcome: 'later', ms: fault.later };
    if (fault) throw new Error('The connection broke.');
    this.removed.push(id);
    return { outcome: 'sent', id };
  }

  async findSent({ delivery }: Outgoing): Promise<string | undefined> {
    return this.posted.find((message) => message.delivery === delivery)?.id;
  }
}
