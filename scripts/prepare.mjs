// Makes a checkout ready: `node scripts/prepare.mjs install|run|test`. It runs before anything is
// installed, so it needs nothing but Node; and this file keeps to old syntax, so that an old Node
// says the sentence below rather than a syntax error.

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Convenor needs Node 20.19 or newer, and this is ${process.versions.node}. ` +
      'Install a newer one (from https://nodejs.org, or with nvm: nvm install 24) and run it again.',
  );
  process.exit(1);
}

import('./steps.mjs')
  .then((steps) => steps.prepare(process.argv[2]))
  .catch((error) => {
    process.exitCode = 1;
    if (error.name === 'Problem') console.error(error.message);
    else if (/^(EACCES|EPERM|EROFS)$/.test(error.code)) {
      console.error(
        `Convenor cannot write to ${error.path}: make the folder yours, or work in a copy of your own.`,
      );
    } else console.error(error);
  });
