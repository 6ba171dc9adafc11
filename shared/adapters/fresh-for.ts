/** While something of the node is there it is looked at often; nobody registers a node that carries our label anew. */
const heldMilliseconds = 4_000;
const absentMilliseconds = 30_000;
/** Each look asks about every group, and every drain of the cluster looks: together they ask four times a second … */
const eachMilliseconds = 250;
/** … or more often, so that the end of the draining is still seen in time. */
const mostMilliseconds = 90_000;

/**
 * For how many milliseconds an answer about one of so many groups will do, while so many nodes of the cluster are drained. A whole account
 * may ask ten times a second, load balancer controllers included.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 */
export function freshFor(groups: number, drains: number, isHere: boolean): number {
  const spread = Math.min(mostMilliseconds, groups * drains * eachMilliseconds);
  return Math.max(isHere ? heldMilliseconds : absentMilliseconds, spread);
}
