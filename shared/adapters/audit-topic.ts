import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { severities } from '../audit/finding.ts';
import { type AuditNews, newsSubject, newsText } from '../audit/render/changes-text.ts';
import { during } from './during.ts';

/** One that is told what is new and what is resolved. */
export interface NewsPort {
  /** For the log. */
  name: string;
  tell(news: AuditNews, signal: AbortSignal): Promise<void>;
}

/** Words for people, once a run; the attributes let a subscription choose. */
export function createAuditTopic(client: Pick<SNSClient, 'send'>, { topicArn }: { topicArn: string }): NewsPort {
  return {
    name: topicArn,
    tell: async (news, signal) => {
      const { report, changes } = news;
      const worst = severities.find((severity) => changes.new.some((each) => each.severity === severity)) ?? 'none';
      const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
      const publish = new PublishCommand({
        TopicArn: topicArn,
        Subject: newsSubject(news),
        Message: newsText(news),
        MessageAttributes: { audit: attribute(report.run.audit), worstNew: attribute(worst) },
      });
      await during(`publishing to ${topicArn}`, signal, client.send(publish, { abortSignal: signal }));
    },
  };
}
