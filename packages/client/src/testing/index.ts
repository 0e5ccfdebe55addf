/**
 * `@hufu/client/testing`: a clock that is set by hand, and the suites that stores and locks of your own are held to. Needs no
 * particular test runner.
 */

export { lockSuite, type OpenLock } from './lock-suite.ts';
export { type LockstepClock, lockstepClock } from './lockstep-clock.ts';
export { type ManualClock, manualClock } from './manual-clock.ts';
export { type OpenStore, type SuiteCase, storeSuite } from './store-suite.ts';
