import { AwsError } from './aws-error.ts';
import { classicOperations } from './classic-service.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { queryAnswer, queryRefusal, readQuery } from './query-protocol.ts';
import { targetGroupOperations } from './target-group-service.ts';
import type { WireService } from './wire.ts';

/** Both generations of Elastic Load Balancing: one name in signatures, told apart by the version of the API. */
export function createLoadBalancingService(balancing: LoadBalancing): WireService {
  const versions = new Map([
    ['2015-12-01', targetGroupOperations(balancing)],
    ['2012-06-01', classicOperations(balancing)],
  ]);
  return {
    read: readQuery,
    answer: ({ name, input }) => {
      const version = String(input.Version);
      const operation = versions.get(version)?.[name];
      if (!operation)
        throw new AwsError(400, 'InvalidAction', `Could not find operation ${name} for version ${version}`);
      return queryAnswer(name, `http://elasticloadbalancing.amazonaws.com/doc/${version}/`, operation(input));
    },
    refuse: queryRefusal,
  };
}
