import { AwsError } from './aws-error.ts';
import { structuresOf } from './query-protocol.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

const longestValue = 256;

/** Tags of groups. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Tag.html */
export function tagOperations(scaling: ScalingGroups): Record<string, (input: Operation['input']) => XmlValue> {
  return {
    CreateOrUpdateTags: (input) => {
      for (const { ResourceId = '', Key = '', Value = '' } of structuresOf(input, 'Tags.member')) {
        if (Value.length > longestValue) {
          throw new AwsError(400, 'ValidationError', `The value of ${Key} is longer than ${longestValue} characters`);
        }
        scaling.groupNamed(ResourceId).tags[Key] = Value;
      }
      return {};
    },
    DeleteTags: (input) => {
      for (const { ResourceId = '', Key = '' } of structuresOf(input, 'Tags.member')) {
        delete scaling.groupNamed(ResourceId).tags[Key];
      }
      return {};
    },
  };
}
