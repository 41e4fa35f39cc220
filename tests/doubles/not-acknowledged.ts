/** Thrown when the app did not acknowledge something in time, or refused it. */
export class NotAcknowledged<Envelope> extends Error {
  /** What was sent. It can be sent again. */
  readonly envelope: Envelope;

  constructor(message: string, envelope: Envelope) {
    super(message);
    this.envelope = envelope;
  }
}
