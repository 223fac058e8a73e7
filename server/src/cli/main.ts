import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// `selvage check | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
});

run(process.argv.slice(2), processTerminal).then((code) => {
  process.exitCode = code;
});
