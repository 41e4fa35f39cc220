/** A platform does not take a credential. The message says which variable to mend, and holds no secret. */
export class CredentialError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadCredential';
  }
}
