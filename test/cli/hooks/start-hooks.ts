import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { HookRequest } from '../../../cli/hooks/hook-request.ts';
import { runHooks } from '../../../cli/hooks/run-hooks.ts';
import { addDemoGroups, stackOutputs } from '../../../sandbox/world/demo-groups.ts';
import { createGroupHooks } from '../../../shared/adapters/group-hooks.ts';
import { never, startAws } from '../../sandbox/aws/start-aws.ts';

export const { topicArn, roleArn } = stackOutputs;

const wanted: HookRequest = {
  command: 'install',
  clusterName: 'demo',
  groupNames: [],
  requireTag: false,
  kinds: ['terminate', 'launch'],
  topicArn,
  roleArn,
  heartbeatSeconds: 1800,
  output: 'text',
  yes: true,
  dryRun: false,
  force: false,
  tellChanges: false,
};

/** The account of `npm start -- --serve`, and the command in this process. */
export async function startHooks() {
  const aws = await startAws();
  addDemoGroups(aws.sandbox);
  const hooks = createGroupHooks(new AutoScalingClient(aws.clientOptions));
  const questions: string[] = [];
  const said: string[] = [];
  const run = async (changes: Partial<HookRequest> = {}, { answer = false, signal = never } = {}) => {
    let text = '';
    const code = await runHooks(
      { ...wanted, ...changes },
      {
        hooks,
        signal,
        out: (more) => {
          text += more;
          said.push(more);
        },
        confirm: async (question) => {
          questions.push(question);
          return answer;
        },
      },
    );
    return { code, text };
  };
  const writes = () => aws.operations().filter((operation) => /^(Put|Delete)/.test(operation));
  return {
    ...aws,
    run,
    questions,
    said,
    writes,
    namesOf: (group: string) => aws.sandbox.scaling.hooksOf(group).map((hook) => hook.name),
  };
}
