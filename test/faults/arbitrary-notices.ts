import fc from 'fast-check';
import type { NoticeSpec } from './scenario.ts';

const after = fc.constantFrom(10, 0, 1, 60, 150, 400, -1, -8, -40, -110, -300);
const isTrue = fc.constantFrom(true, true, true, true, true, false);

/** The seconds of a kind, how often it comes, and what may be asked for because of it. */
function noticeOf<Kind extends NoticeSpec['kind']>(
  kind: Kind,
  inSeconds: readonly number[],
  does: readonly NoticeSpec['does'][] = ['drain'],
): fc.Arbitrary<NoticeSpec> {
  return fc.record({
    node: fc.nat(2),
    kind: fc.constant(kind),
    after,
    does: fc.constantFrom(...does),
    isTrue,
    inSeconds: fc.constantFrom(...inSeconds),
    goes: fc.boolean(),
  });
}

const notice = fc.oneof(
  { weight: 5, arbitrary: noticeOf('spot-interruption', [120, 120, 120, 60, 20, -10]) },
  { weight: 3, arbitrary: noticeOf('rebalance', [0], ['drain', 'drain', 'cordon']) },
  { weight: 2, arbitrary: noticeOf('state-change', [45, 10, 90, 200]) },
  { weight: 2, arbitrary: noticeOf('scheduled-change', [300, 90, 86_400], ['drain', 'drain', 'warn']) },
);

/** In two of five worlds; two of one node meet now and then. */
export const notices: fc.Arbitrary<NoticeSpec[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<NoticeSpec[]>([]) },
  { weight: 2, arbitrary: fc.array(notice, { minLength: 1, maxLength: 2 }) },
);
