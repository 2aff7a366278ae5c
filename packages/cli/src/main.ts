#!/usr/bin/env node
/** The `fairground` command. */
process.stderr.write('fairground: no command is built yet.\n');
process.exitCode = 1;
