import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ManualOptions } from '../../shared/lifecycle/manual-options.ts';
import type { LabelSelectorView } from '../../shared/lifecycle/node.ts';
import { parseSelector } from '../../shared/lifecycle/parse-selector.ts';
import { readDuration } from './read-duration.ts';

/** What `kubectl drain` has, by its names, and what this one has beside it. */
export interface DrainOptions {
  force?: true;
  deleteEmptydirData?: true;
  disableEviction?: true;
  ignoreDaemonsets?: true;
  gracePeriod?: number;
  timeout?: number;
  podSelector?: string;
  onDeadline?: 'stop' | 'force';
  surgeSingletons?: true;
}

const group = 'How, as in kubectl drain:';

export function addDrainOptions(command: Command): Command {
  const add = (option: Option) => command.addOption(option.helpGroup(group));
  add(
    new Option(
      '--force',
      'also pods without a controller, of a DaemonSet that is gone, or on a local volume: they do not come back',
    ),
  );
  add(new Option('--delete-emptydir-data', 'also pods with an emptyDir: what is in it is lost'));
  add(new Option('--disable-eviction', 'delete pods, and ask no disruption budget'));
  add(new Option('--grace-period <seconds>', "of every pod; -1: each pod's own").argParser(readGrace).default(-1));
  add(
    new Option('--timeout <duration>', 'of each node, for example 5m; 0: no limit, or where the stack drains its own')
      .argParser(readDuration)
      .default(0, '0'),
  );
  add(new Option('--pod-selector <selector>', 'only pods with these labels').argParser(selectorText));
  add(new Option('--ignore-daemonsets', 'always on: pods of DaemonSets stay'));
  add(
    new Option('--on-deadline <what>', 'at the timeout: stop, or force, which deletes what is left past its budgets')
      .choices(['stop', 'force'])
      .default('stop'),
  );
  add(
    new Option(
      '--surge-singletons',
      'restart a Deployment whose ready pods are all on the node, so that the new pod is there first',
    ),
  );
  return command;
}

export function manualOptionsOf(options: DrainOptions): ManualOptions {
  const { force, deleteEmptydirData, disableEviction, gracePeriod = -1, timeout = 0 } = options;
  const { podSelector, onDeadline, surgeSingletons } = options;
  return {
    ...(force && { force }),
    ...(deleteEmptydirData && { deleteEmptyDirData: true }),
    ...(disableEviction && { disableEviction }),
    ...(gracePeriod >= 0 && { gracePeriodSeconds: gracePeriod }),
    timeoutSeconds: timeout,
    ...(podSelector !== undefined && { podSelector: selectorIn(podSelector) }),
    ...(onDeadline && { onDeadline }),
    ...(surgeSingletons && { surgeSingletons }),
  };
}

function readGrace(text: string): number {
  if (/^(-1|\d{1,7})$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected whole seconds, or -1');
}

function selectorText(text: string): string {
  selectorIn(text);
  return text;
}

function selectorIn(text: string): LabelSelectorView {
  const read = parseSelector(text);
  if ('selector' in read) return read.selector;
  throw new InvalidArgumentError(`${read.problem}: expected for example app=web,tier!=cache or 'app in (web,api)'`);
}
