import {
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Settings } from '../settings/schema.ts';

/** Subnets from which the private endpoints of some clusters can be reached, and the APIs of AWS: by a NAT gateway or by VPC endpoints. */
export class TickNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly securityGroups: readonly ISecurityGroup[];

  constructor(scope: Construct, id: string, props: Settings['networks'][number]) {
    super(scope, id);
    const { vpcId, subnetIds, securityGroupIds } = props;
    // Nothing here is placed by zone: the name only has to be one.
    this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId, availabilityZones: ['any'] });
    this.subnets = subnetIds.map((subnetId) => Subnet.fromSubnetId(this, subnetId, subnetId));
    this.securityGroups = securityGroupIds?.map((groupId) =>
      SecurityGroup.fromSecurityGroupId(this, groupId, groupId, { mutable: false }),
    ) ?? [this.httpsOnly()];
  }

  private httpsOnly(): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.vpc,
      description: 'Ticks of eks-node-lifecycle: to API servers and to AWS',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'API servers and AWS');
    group.addEgressRule(Peer.anyIpv6(), Port.tcp(443), 'API servers and AWS');
    return group;
  }
}
