import fc from 'fast-check';

/** Every run tries the same cases, so that a red one is the change's own doing. `SEED=random` looks for new ones. */
if (process.env.SEED !== 'random') fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
