// The start of Node itself.
process.stdout.write('nothing\n');
