/** The users whose sessions are measured. */

export const users = 100;

/** All ids have one length. @param number of the session: the users take turns. */
export const userIdOf = (number: number): string => `user-${String(number % users).padStart(4, '0')}`;
