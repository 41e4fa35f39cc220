// Makes a checkout ready to be used. It runs before anything is installed, so it needs nothing but Node. This file
// keeps to old syntax, so that an old Node shows the sentence below instead of a syntax error.

const USAGE = `Usage: node scripts/prepare.mjs install, run or test
Installs and builds what is missing or out of date. With test it also looks for the programs that tests need.`;

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Convenor needs Node 20.19 or newer, and this is ${process.versions.node}. ` +
      'Install a newer one (from https://nodejs.org, or with nvm: nvm install 24) and run it again.',
  );
  process.exit(1);
}

if (process.argv.includes('--help')) {
  console.log(USAGE);
} else {
  import('./prepare/steps.mjs')
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
}
