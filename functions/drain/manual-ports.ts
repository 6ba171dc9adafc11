import type { ClusterPort } from '../../shared/cluster-port.ts';
import type { InventoryPort } from '../../shared/inventory-port.ts';
import type { EndInstancePort } from '../../shared/manual/end-instance.ts';
import type { GroupMembersPort } from '../../shared/manual/group-members.ts';
import type { Clock, ExecutionPort, Log, ReportPort } from '../../shared/ports.ts';
import type { ManualSettings } from '../../shared/settings/manual.ts';

/** A cluster as drains and plans see it. */
export interface OpenedCluster {
  cluster: ClusterPort;
  inventory: InventoryPort;
}

export interface ManualPorts {
  /** `gone`: EKS knows no such cluster in this account and region. */
  clusters: { open(name: string, signal: AbortSignal): Promise<OpenedCluster | 'gone'> };
  groups: GroupMembersPort & EndInstancePort;
  executions: ExecutionPort;
  reports: Pick<ReportPort, 'load'>;
  clock: Clock;
  log: Log;
}

/** What an action works with. */
export interface Desk extends OpenedCluster {
  settings: ManualSettings;
  ports: ManualPorts;
  signal: AbortSignal;
}
