// Many callers who find no token.
import { sourceOf } from './hufu-source.mjs';
import { stampede } from './stampede.mjs';

const { url, callers } = JSON.parse(process.argv[2]);
const source = sourceOf(url);
await stampede(() => source.getToken(), callers);
