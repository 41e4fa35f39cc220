/** A platform or MongoDB refuses a credential. The message says which setting to correct, and contains no secret. */
export class CredentialError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CredentialError';
  }
}
