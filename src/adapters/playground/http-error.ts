/** A bad request. The response is `{error: sentence}` with this status. */
export class HttpError extends Error {
  readonly status: number;
  constructor(sentence: string, status = 400) {
    super(sentence);
    this.name = 'HttpError';
    this.status = status;
  }
}
