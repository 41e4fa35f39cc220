import type { Address } from '../../src/core/message/address.ts';
import type { Reply } from '../../src/core/message/reply.ts';
import type { Adapter, Outgoing, SendResult } from '../../src/core/ports/platform.ts';

/** A message as the people on the platform see it. */
export interface Posted {
  id: string;
  delivery: string;
  address: Address;
  reply: Reply;
}

/** What the next send meets. `lost answer`: posted, but nobody hears of it. `lost message`: neither. */
export type Fault = 'lost answer' | 'lost message' | 'gone' | { later: number };

/** A platform in memory: keeps what was posted, and fails as it is told to. */
export class ChatPlatform implements Adapter {
  readonly platform: string;
  readonly posted: Posted[] = [];
  /** Met one by one by the sends to come. */
  readonly faults: Fault[] = [];
  /** Called while a message is on its way. */
  onSend: (message: Outgoing) => Promise<void> = async () => {};

  constructor(platform = 'test') {
    this.platform = platform;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async send(message: Outgoing): Promise<SendResult> {
    const { delivery, address, reply } = message;
    await this.onSend(message);
    const fault = this.faults.shift();
    if (fault === 'gone') return { outcome: 'permanent', reason: 'They have left.' };
    if (fault === 'lost message') throw new Error('The connection broke.');
    if (typeof fault === 'object') return { outcome: 'later', ms: fault.later };
    const id = `message-${this.posted.length + 1}`;
    this.posted.push({ id, delivery, address, reply });
    if (fault === 'lost answer') throw new Error('The connection broke.');
    return { outcome: 'sent', id };
  }

  async edit(): Promise<SendResult> {
    return { outcome: 'permanent', reason: 'Nothing here edits.' };
  }

  async findSent({ delivery }: Outgoing): Promise<string | undefined> {
    return this.posted.find((message) => message.delivery === delivery)?.id;
  }
}
