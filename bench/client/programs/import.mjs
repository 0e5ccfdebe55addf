// Imports the modules of a list, one after the other, and prints how many milliseconds that took.
const modules = JSON.parse(process.argv[2]);
const startMs = performance.now();
for (const module of modules) await import(module);
process.stdout.write(String(performance.now() - startMs));
