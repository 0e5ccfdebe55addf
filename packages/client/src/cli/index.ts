/**
 * `@hufu/client/cli`: the client's commands, for the `hufu` command of the server, which mounts them beside its own. Internal to
 * the two: programs use `@hufu/client/node`.
 */

export { registerClientCommands } from './commands.ts';
export { examineProfile, type ProfileDoctorOptions, profileDoctorOptions } from './doctor.ts';
export type { ClientIo } from './io.ts';
export { tokenFailure } from './token-failure.ts';
