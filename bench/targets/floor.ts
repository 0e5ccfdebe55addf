import { join } from 'node:path';
import { startAnnounced } from './announced.ts';
import type { Target } from './target.ts';

export const startFloor = (): Promise<Target> => startAnnounced(join(import.meta.dirname, 'floor-server.ts'));
