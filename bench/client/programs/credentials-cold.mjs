// Many callers who find no credentials.
import { sourceOf } from './credentials-source.mjs';
import { stampede } from './stampede.mjs';

const { url, callers } = JSON.parse(process.argv[2]);
const source = sourceOf(url);
await stampede(() => source.getCredential(), callers);
// Its connections are kept, and would keep the process.
process.exit();
