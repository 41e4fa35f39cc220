/** Prints how a script is used and ends the process, if the command line has `--help`. Call it before doing anything. */
export function answerHelp(usage) {
  if (!process.argv.includes('--help')) return;
  console.log(usage);
  process.exit(0);
}
