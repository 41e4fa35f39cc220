/** Something awaited that others will settle. */
export class Deferred {
  readonly promise: Promise<void>;
  resolve: () => void = () => {};
  reject: (error: Error) => void = () => {};

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Nobody may be waiting: a client can go away before its answer.
    this.promise.catch(() => {});
  }
}

/** Entries that go to disk together, as one frame with one fdatasync, and how to take them back. */
export class Batch {
  readonly entries: Buffer[] = [];
  readonly undos: (() => void)[] = [];
  readonly done = new Deferred();
}
