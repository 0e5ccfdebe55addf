// Prints how often a second credentials that are held are given out.
import { sourceOf } from './credentials-source.mjs';
import { rate } from './rate.mjs';

const { url, seconds } = JSON.parse(process.argv[2]);
const source = sourceOf(url);
process.stdout.write(String(await rate(() => source.getCredential(), seconds)));
