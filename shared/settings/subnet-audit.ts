import { type AuditSettings, auditTable, readAuditTable, writeAuditTable } from './audit-table.ts';
import { flag } from './readers.ts';
import { type Environment, withDefault } from './table.ts';

export interface SubnetAuditSettings extends AuditSettings {
  /** Whether to read what the clusters' API servers know, too. */
  kubernetes: boolean;
}

const table = { ...auditTable, kubernetes: withDefault('ENL_KUBERNETES', flag, true) };

/** The audit's settings out of its environment. Throws ConfigError with every problem. */
export function parseSubnetAuditSettings(environment: Environment): SubnetAuditSettings {
  return readAuditTable(table, environment) as SubnetAuditSettings;
}

/** The environment that parses into these settings. Throws ConfigError when none does. */
export function subnetAuditEnvironment(settings: SubnetAuditSettings): Record<string, string> {
  return writeAuditTable(table, settings);
}
