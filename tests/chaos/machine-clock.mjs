/*
 * Imported before all else: the machine's clock is wrong by `skew` ms, for everything in this process.
 * Timers run as ever; instants that are given, not read, stay as they are.
 */
const { skew } = JSON.parse(process.argv[2]);
const RightDate = Date;
const now = () => RightDate.now() + skew;

globalThis.Date = new Proxy(RightDate, {
  construct: (date, args, made) => Reflect.construct(date, args.length > 0 ? args : [now()], made),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});
