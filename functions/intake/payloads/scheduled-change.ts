import * as z from 'zod/mini';
import type { NoticeAction } from '../../../shared/lifecycle/action.ts';
import { parse } from '../parse.ts';
import { ignored, type Reading } from '../reading.ts';
import { eventHeader, filled, instant } from './fields.ts';

const kindShape = z.object({ detail: z.object({ service: z.string(), eventTypeCategory: z.string() }) });
const shape = z.object({
  ...eventHeader,
  detail: z.object({
    eventArn: filled,
    eventTypeCode: filled,
    // A region, or `global`.
    eventRegion: z.optional(filled),
    statusCode: z.optional(z.enum(['open', 'upcoming', 'closed'])),
    startTime: z.optional(instant),
    affectedEntities: z.optional(z.array(z.object({ entityValue: z.string() }))),
  }),
});

/**
 * An event of AWS Health about EC2's scheduled changes. It can name many instances and is sent again on each update, always with
 * the ARN that names it: one that is put off is another notice. The event's region is the one it was delivered in, which may be a backup of the one it is about.
 * https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export function readScheduledChange(event: unknown): Reading {
  const sort = parse(kindShape, event);
  if ('problem' in sort) return sort.problem;
  const { service, eventTypeCategory } = sort.data.detail;
  if (service !== 'EC2' || eventTypeCategory !== 'scheduledChange') {
    return ignored('not-scheduled-change', `AWS Health's ${eventTypeCategory} of ${service} takes no instance away`);
  }
  const parsed = parse(shape, event);
  if ('problem' in parsed) return parsed.problem;
  const { account, region: deliveredIn, detail } = parsed.data;
  const region = detail.eventRegion ?? deliveredIn;
  if (detail.statusCode === 'closed') return ignored('change-is-over', `${detail.eventTypeCode} is closed`);
  const instances = (detail.affectedEntities ?? [])
    .map(({ entityValue }) => entityValue)
    .filter((entity) => /^i-[0-9a-f]{8,17}$/.test(entity));
  if (instances.length === 0) return ignored('no-instances', `${detail.eventTypeCode} names no instance`);
  const startsAt = detail.startTime === undefined ? [] : [new Date(detail.startTime).toISOString()];
  const notice = { detail: detail.eventTypeCode, noticeId: [detail.eventArn, ...startsAt].join(' ') };
  const at = startsAt[0] === undefined ? {} : { at: startsAt[0] };
  const actions = [...new Set(instances)].map(
    (instanceId): NoticeAction => ({
      version: 1,
      kind: 'scheduled-change',
      account,
      region,
      instanceId,
      ...notice,
      ...at,
    }),
  );
  return { found: 'actions', actions };
}
