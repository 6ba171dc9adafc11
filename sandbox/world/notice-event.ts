import { randomUUID } from 'node:crypto';
import { readEvent } from './delivered-event.ts';

export interface NoticePlace {
  account: string;
  region: string;
}

/** From the notice until EC2 takes the instance: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
const noticeMs = 120_000;

// What EventBridge hands to a function, in the shape of the files of events/. Instants are epoch milliseconds.

/** That EC2 takes a spot instance at this instant. */
export function spotInterruption(instanceId: string, takesAt: number, place: NoticePlace): object {
  const resources = [`arn:aws:ec2:${place.region}b:instance/${instanceId}`];
  return event('eventbridge-spot-interruption.json', takesAt - noticeMs, place, {
    resources,
    detail: { 'instance-id': instanceId, 'instance-action': 'terminate' },
  });
}

export function rebalanceRecommendation(instanceId: string, at: number, place: NoticePlace): object {
  const resources = [`arn:aws:ec2:${place.region}b:instance/${instanceId}`];
  return event('eventbridge-rebalance.json', at, place, { resources, detail: { 'instance-id': instanceId } });
}

export function stateChange(
  instanceId: string,
  state: 'stopping' | 'shutting-down',
  at: number,
  place: NoticePlace,
): object {
  const resources = [`arn:aws:ec2:${place.region}:${place.account}:instance/${instanceId}`];
  return event('eventbridge-state-change-stopping.json', at, place, {
    resources,
    detail: { 'instance-id': instanceId, state },
  });
}

/** That AWS will retire an instance. */
export function scheduledRetirement(instanceId: string, startsAt: number, at: number, place: NoticePlace): object {
  const { detail } = readEvent('eventbridge-health-backup-region.json') as { detail: Record<string, unknown> };
  const { eventRegion: _, ...kept } = detail;
  const startTime = new Date(startsAt).toUTCString();
  return event('eventbridge-health-backup-region.json', at, place, {
    resources: [instanceId],
    detail: {
      ...kept,
      eventArn: `arn:aws:health:${place.region}::event/EC2/${detail.eventTypeCode}/${detail.eventTypeCode}_${randomUUID()}`,
      startTime,
      endTime: startTime,
      affectedEntities: [{ entityValue: instanceId, tags: {} }],
    },
  });
}

/** Whole seconds, as EventBridge writes them. */
function event(file: string, at: number, { account, region }: NoticePlace, own: object): object {
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return { ...(readEvent(file) as object), id: randomUUID(), account, region, time, ...own };
}
