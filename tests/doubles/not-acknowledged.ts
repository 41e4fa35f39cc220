/** The app did not take something as it must. */
export class NotAcknowledged<Envelope> extends Error {
  /** What it was sent; the same can be sent again. */
  readonly envelope: Envelope;

  constructor(message: string, envelope: Envelope) {
    super(message);
    this.envelope = envelope;
  }
}
