import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';

export interface Network {
  vpcId: string;
  /** By name. */
  subnets: Readonly<Record<string, string>>;
}

export interface SubnetLine {
  zone: 'a' | 'b' | 'c';
  /** With a default route to the VPC's internet gateway, or without a table of its own. */
  way: 'igw' | 'main';
  tags?: Readonly<Record<string, string>>;
}

const access = { region: 'eu-west-1', credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' } };
const role = 'arn:aws:iam::123456789012:role/eks';

export function openClients(endpoint: string) {
  return { ec2: new EC2Client({ ...access, endpoint }), eks: new EKSClient({ ...access, endpoint }) };
}

type Clients = ReturnType<typeof openClients>;

/** A VPC with DNS names, an internet gateway and these subnets. */
export async function buildNetwork({ ec2 }: Clients, lines: Readonly<Record<string, SubnetLine>>): Promise<Network> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: GatewayId }));
  const subnets: Record<string, string> = {};
  for (const [at, [name, { zone, way, tags = {} }]] of Object.entries(lines).entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: `10.0.${at}.0/24`, AvailabilityZone: `eu-west-1${zone}` }),
    );
    const id = Subnet?.SubnetId ?? '';
    subnets[name] = id;
    const all = Object.entries({ Name: name, ...tags }).map(([Key, Value]) => ({ Key, Value }));
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: all }));
    if (way === 'main') continue;
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: id }));
  }
  return { vpcId, subnets };
}

/** A cluster and a node group in subnets. EKS tells the VPC by itself; moto tells what it was told, which the SDK has no field for. */
export async function buildCluster(
  { eks }: Clients,
  name: string,
  { vpcId, subnets }: Network,
  names: readonly string[] = Object.keys(subnets),
): Promise<void> {
  const subnetIds = names.map((each) => subnets[each] ?? '');
  const create = new CreateClusterCommand({
    ...{ name, roleArn: role, version: '1.34' },
    resourcesVpcConfig: { subnetIds },
  });
  create.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: Uint8Array };
      const body = JSON.parse(new TextDecoder().decode(request.body)) as { resourcesVpcConfig: object };
      request.body = Buffer.from(
        JSON.stringify({ ...body, resourcesVpcConfig: { ...body.resourcesVpcConfig, vpcId } }),
      );
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  await eks.send(create);
  await eks.send(
    new CreateNodegroupCommand({ clusterName: name, nodegroupName: 'workers', nodeRole: role, subnets: subnetIds }),
  );
}
