import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { listOf, readQuery } from './query-protocol.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { WireAnswer, WireService } from './wire.ts';
import { xmlAnswer } from './xml.ts';

const stateCodes = { running: 16, 'shutting-down': 32, terminated: 48 };

/** DescribeInstances in the EC2 query protocol: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export function createEc2Service(scaling: ScalingGroups): WireService {
  return {
    read: readQuery,
    answer: ({ name, input }) => {
      if (name !== 'DescribeInstances') {
        throw new AwsError(400, 'InvalidAction', `The action ${name} is not valid for this web service.`);
      }
      const instancesSet = listOf(input, 'InstanceId').map((instanceId) => {
        const instance = scaling.instance(instanceId);
        if (!instance) {
          throw new AwsError(400, 'InvalidInstanceID.NotFound', `The instance ID '${instanceId}' does not exist`);
        }
        return { instanceId, instanceState: { code: stateCodes[instance.ec2State], name: instance.ec2State } };
      });
      const value = {
        requestId: randomUUID(),
        reservationSet: [{ reservationId: 'r-0123456789abcdef0', instancesSet }],
      };
      const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';
      return xmlAnswer(200, 'DescribeInstancesResponse', value, { item: 'item', namespace });
    },
    refuse: ec2Refusal,
  };
}

export function ec2Refusal({ status, code, message }: AwsError): WireAnswer {
  const value = { Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() };
  return xmlAnswer(status, 'Response', value);
}
