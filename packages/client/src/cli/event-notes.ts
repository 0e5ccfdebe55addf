/** What a token source goes through, for whoever waits at the terminal. */

import type { TokenEvent } from '../core/events.ts';
import { durationText } from './duration.ts';
import type { ClientIo } from './io.ts';
import { note, progress } from './terminal/output.ts';

interface Remark {
  readonly text: string;
  /** Said to scripts as well; the rest on a terminal only. */
  readonly isWarning?: true;
}

/** Events hold no secrets. @param name of the profile. */
export const eventNotes =
  (io: ClientIo, name: string) =>
  (event: TokenEvent): void => {
    const remark = remarkOn(event);
    if (remark) (remark.isWarning ? note : progress)(io, `${name}: ${remark.text}`);
  };

function remarkOn(event: TokenEvent): Remark | undefined {
  switch (event.type) {
    case 'persist.fail':
      return { text: `warning: the token cannot be kept: ${event.error.message}`, isWarning: true };
    case 'lock.unavailable':
      return { text: `warning: the lock does not work here: ${event.message}`, isWarning: true };
    case 'provider.log':
      return { text: event.message, isWarning: true };
    case 'lock.wait':
      return { text: 'waited for another process' };
    case 'clock.skew':
      return { text: `the clocks disagree by ${durationText(Math.abs(event.differenceMs))}` };
    case 'stale.served':
      return { text: `no new token (${event.code}); this one lives for ${durationText(event.expiresInMs)}` };
    case 'refresh.start':
    case 'refresh.success':
    case 'refresh.fail':
    case 'token.change':
    case 'token.invalidated':
    case 'cooldown':
    case 'lock.lost':
    case 'reauth.required':
    case 'logout':
      return undefined;
  }
}
