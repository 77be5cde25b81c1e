export { startEmulator, type Emulator, type EmulatorOptions } from "./emulator.js";
export { EMULATOR_TOKEN, type Credential } from "./authentication.js";
export type { Personality } from "./responses.js";
export type { Fault } from "./faults.js";
export type { Level, Settings } from "./fields.js";
export type { RateLimitOptions } from "./rate-limit.js";
export type { LoggedRequest } from "./request-log.js";
export type { DohSettings, Revocation, ServiceToken } from "./state.js";
export type { Behavior, BehaviorOptions } from "./behavior.js";
