import { AwsError } from '../../../sandbox/aws/aws-error.ts';
import type { LogsInsights } from '../../../sandbox/aws/logs-insights.ts';
import type { LogsPort } from '../../../shared/log-query/logs-port.ts';

/** The sandbox's CloudWatch Logs without the wire. */
export function sandboxLogs(insights: LogsInsights): LogsPort {
  return {
    findGroup: async (name) => insights.groupsNamed(name).find((each) => each.name === name),
    startQuery: async ({ group: groupName, text, range, limit }) => {
      const [startMs, endMs] = [range.startSeconds * 1000, range.endSeconds * 1000 + 999];
      try {
        return { queryId: insights.start({ groupName, text, limit, startMs, endMs }) };
      } catch (error) {
        if (error instanceof AwsError && error.code === 'LimitExceededException') return 'busy';
        throw error;
      }
    },
    results: async (queryId) => {
      const read = insights.read(queryId);
      if (!read) throw new Error(`no query ${queryId}`);
      return read;
    },
    stopQuery: async (queryId) => insights.stop(queryId),
  };
}
