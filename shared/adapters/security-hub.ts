import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { AsffFinding } from '../audit/render/asff.ts';
import type { Clock } from '../ports.ts';
import { during } from './during.ts';

/** A finding that Security Hub did not take. */
export interface NotImported {
  id: string;
  code: string;
  message: string;
}

export interface SecurityHubPort {
  /** At most a hundred findings. What was not taken after some attempts; throws when nobody answers or nothing may be imported. */
  importFindings(batch: readonly AsffFinding[], signal: AbortSignal): Promise<NotImported[]>;
}

const pausesMilliseconds = [1_000, 4_000];
/** It says the same of it the next time. */
const hopeless = 'InvalidInput';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
export function createSecurityHub(
  client: Pick<SecurityHubClient, 'send'>,
  { clock }: { clock: Pick<Clock, 'sleep'> },
): SecurityHubPort {
  const send = async (batch: readonly AsffFinding[], signal: AbortSignal): Promise<NotImported[]> => {
    // Its labels and states are those of Security Hub, as plain strings.
    const command = new BatchImportFindingsCommand({ Findings: batch as AwsSecurityFinding[] });
    const { FailedFindings = [] } = await client.send(command, { abortSignal: signal });
    return FailedFindings.map(({ Id = '', ErrorCode = '', ErrorMessage = '' }) => ({
      ...{ id: Id, code: ErrorCode, message: ErrorMessage },
    }));
  };
  return {
    importFindings: (batch, signal) =>
      during(
        `importing ${batch.length} findings`,
        signal,
        (async () => {
          let failed = await send(batch, signal);
          const lost: NotImported[] = [];
          for (const pause of pausesMilliseconds) {
            lost.push(...failed.filter(({ code }) => code === hopeless));
            const again = new Set(failed.filter(({ code }) => code !== hopeless).map(({ id }) => id));
            failed = [];
            if (again.size === 0) break;
            await clock.sleep(pause, signal);
            failed = await send(
              batch.filter(({ Id }) => again.has(Id)),
              signal,
            );
          }
          return [...lost, ...failed];
        })(),
      ),
  };
}
