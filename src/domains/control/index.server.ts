export { openReview, type PointAsked, type PointReplied, replyToRequest, requestCorrection, resubmit, writeMessage } from './requests.server.ts';
export { dispute, exclude, lateEntry, object, objectionUntil, undispute, validate, validateMany, waiveFinding } from './decisions.server.ts';
export {
  disputedValues, type FollowedStructure, followedStructures, type Glance, glance, groupMedians, openRequestsOf, readForControl, requestsOf, type ResponseForControl, reviewFile,
} from './queries.server.ts';
export { REMINDER_DAYS, remindOnBehalf } from './remind-on-behalf.server.ts';
export { type ControlRun, runControl } from './run-control.server.ts';
export { type Bench, type BenchCount, benchRule, type ToldCount } from './rule-bench.server.ts';
