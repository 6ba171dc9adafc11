import { net01 } from './checks/net-01.ts';
import { net02 } from './checks/net-02.ts';
import { net03 } from './checks/net-03.ts';
import { net04 } from './checks/net-04.ts';
import { net05 } from './checks/net-05.ts';
import { net06 } from './checks/net-06.ts';
import { net07 } from './checks/net-07.ts';
import { net08 } from './checks/net-08.ts';
import { net09 } from './checks/net-09.ts';
import { net10 } from './checks/net-10.ts';
import { net11 } from './checks/net-11.ts';
import { net12 } from './checks/net-12.ts';
import { net13 } from './checks/net-13.ts';
import { net14 } from './checks/net-14.ts';
import { net15 } from './checks/net-15.ts';
import { net16 } from './checks/net-16.ts';
import { net17 } from './checks/net-17.ts';
import { net18 } from './checks/net-18.ts';
import { net19 } from './checks/net-19.ts';
import { net20 } from './checks/net-20.ts';
import { net21 } from './checks/net-21.ts';
import { net22 } from './checks/net-22.ts';
import { net23 } from './checks/net-23.ts';
import { net24 } from './checks/net-24.ts';
import { net25 } from './checks/net-25.ts';
import { net26 } from './checks/net-26.ts';
import { net27 } from './checks/net-27.ts';
import { net28 } from './checks/net-28.ts';
import { net29 } from './checks/net-29.ts';
import { net30 } from './checks/net-30.ts';
import type { NetworkCheck } from './network/check.ts';

/** Every check of the network audit, in the order of a report. */
export const networkChecks: readonly NetworkCheck[] = [
  net01,
  net02,
  net03,
  net04,
  net05,
  net06,
  net07,
  net08,
  net09,
  net10,
  net11,
  net12,
  net13,
  net14,
  net15,
  net16,
  net17,
  net18,
  net19,
  net20,
  net21,
  net22,
  net23,
  net24,
  net25,
  net26,
  net27,
  net28,
  net29,
  net30,
];
