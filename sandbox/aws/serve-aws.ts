import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ConnectionResetError, type FaultAnswer, performWithFaults } from '../faults.ts';
import { createAutoScalingService } from './auto-scaling-service.ts';
import { AwsError } from './aws-error.ts';
import type { AwsCall, AwsSandbox } from './aws-sandbox.ts';
import { createCloudFormationService } from './cloudformation-service.ts';
import { createEc2Service } from './ec2-service.ts';
import { createEksService } from './eks-service.ts';
import { createIamService } from './iam-service.ts';
import type { SandboxCredentials } from './identities.ts';
import { createLambdaService, type SandboxFunctions } from './lambda-service.ts';
import { createLoadBalancingService } from './load-balancing-service.ts';
import { createLogsService } from './logs-service.ts';
import { createStepFunctionsService, type ExecutionEngine } from './step-functions-service.ts';
import { createStsService } from './sts-service.ts';
import type { WireRequest, WireService } from './wire.ts';

export interface AwsServer {
  /** The endpoint of every service. */
  url: string;
  /** Of the role `eks-node-lifecycle`. */
  credentials: SandboxCredentials;
  close(): Promise<void>;
}

/** Serves the sandbox on 127.0.0.1 to AWS's own clients; only the role's presigned STS requests have their signature checked. */
export async function serveAws(
  sandbox: AwsSandbox,
  {
    executions,
    functions,
    onCall,
  }: { executions?: ExecutionEngine; functions?: SandboxFunctions; onCall?: (call: AwsCall) => void } = {},
): Promise<AwsServer> {
  const services: Record<string, WireService | undefined> = {
    autoscaling: createAutoScalingService(sandbox.scaling),
    cloudformation: createCloudFormationService(sandbox.stacks),
    ec2: createEc2Service(sandbox),
    eks: createEksService(sandbox.clusters),
    elasticloadbalancing: createLoadBalancingService(sandbox.balancing),
    iam: createIamService(sandbox.instanceProfiles),
    lambda: functions && createLambdaService(functions),
    logs: createLogsService(sandbox.logs, sandbox),
    sts: createStsService(sandbox),
    states: executions && createStepFunctionsService(executions),
  };

  const closing = new AbortController();
  const server = createServer((incoming, response) => {
    respond(sandbox, services, incoming, { onCall, signal: closing.signal }).then(
      ({ status, headers, body }) =>
        response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body)),
      (error: unknown) =>
        error instanceof ConnectionResetError
          ? response.destroy()
          : response.writeHead(400).end(`the sandbox failed: ${error}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: sandbox.identities.credentialsOf('eks-node-lifecycle'),
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function respond(
  { calls, clock, faults }: AwsSandbox,
  services: Record<string, WireService | undefined>,
  incoming: IncomingMessage,
  { onCall, signal }: { onCall: ((call: AwsCall) => void) | undefined; signal: AbortSignal },
): Promise<FaultAnswer> {
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', `http://${headers.host}`);
  const request: WireRequest = { method, url, headers, body: await text(incoming) };
  const service = serviceOf(request);
  const wire = services[service];
  if (!wire) throw new Error(`no service ${service}`);
  try {
    const operation = wire.read(request);
    const call = { service, operation: operation.name, input: operation.input, at: clock.now() };
    calls.push(call);
    onCall?.(call);
    return await performWithFaults(call, () => wire.answer(operation, request), { faults, clock, signal });
  } catch (error) {
    if (error instanceof AwsError) return wire.refuse(error);
    throw error;
  }
}

/** The scope of a signature, `<key>/<date>/<region>/<service>/aws4_request`, says for which service a request is. */
function serviceOf({ headers, url }: WireRequest): string {
  const scope = /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? url.searchParams.get('X-Amz-Credential');
  return scope?.split('/')[3] ?? 'without a signature';
}
