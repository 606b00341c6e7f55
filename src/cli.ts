// The headless command: so far only its name.
process.stdout.write('exchange-certificates\n');
