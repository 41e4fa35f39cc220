/** Slack says no: `code` is one of the method's documented errors. */
export class Refusal extends Error {
  readonly code: string;
  /** What no app should ever send: set when the call itself is wrong, not merely out of luck. */
  readonly violation: string | undefined;

  constructor(code: string, violation?: string) {
    super(violation ?? code);
    this.code = code;
    this.violation = violation;
  }
}
