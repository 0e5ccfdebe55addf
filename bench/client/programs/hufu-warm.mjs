// Prints how often a second a token that is held is given out.
import { sourceOf } from './hufu-source.mjs';
import { rate } from './rate.mjs';

const { url, seconds } = JSON.parse(process.argv[2]);
const source = sourceOf(url);
process.stdout.write(String(await rate(() => source.getToken(), seconds)));
