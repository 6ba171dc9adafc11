import type { KubeRequest, KubeResponse, KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { NoAnswerError } from '../../../shared/adapters/kube-transport.ts';
import type { Clock } from '../../../shared/ports.ts';

/** One request of the drain and what it was answered. */
export interface RecordedCall {
  /** When it was sent, epoch milliseconds. */
  at: number;
  /** When its answer was there; undefined for a watch, and while none came. */
  answeredAt: number | undefined;
  method: KubeRequest['method'] | 'WATCH';
  path: string;
  query: Readonly<Record<string, string>>;
  body: unknown;
  /** undefined: no answer came. */
  status: number | undefined;
}

/** What an API server answers instead; `lost`: the server does as it is told, but its answer never arrives. */
export type Stand = Partial<KubeResponse> & { status: number };
type Standing = Stand | 'lost' | undefined;
/** What it waits for has happened before the request reaches the server. */
export type Intervention = (request: KubeRequest) => Standing | Promise<Standing>;

/** A transport that writes down what goes through it, and lets a test answer in the server's place. */
export function createRecorder(transport: KubeTransport, clock: Clock) {
  const calls: RecordedCall[] = [];
  let intervene: Intervention = () => undefined;
  let rewrite = (request: KubeRequest) => request;

  const recorded: KubeTransport = {
    async request(asked, signal) {
      const request = rewrite(asked);
      const { method, path, query = {}, body } = request;
      const call: RecordedCall = {
        at: clock.now(),
        answeredAt: undefined,
        method,
        path,
        query,
        body,
        status: undefined,
      };
      calls.push(call);
      const stand = await intervene(request);
      if (stand !== undefined && stand !== 'lost') {
        call.status = stand.status;
        call.answeredAt = clock.now();
        return { headers: {}, body: {}, ...stand };
      }
      const response = await transport.request(request, signal);
      if (stand === 'lost') throw new NoAnswerError('the answer was lost on its way');
      call.status = response.status;
      call.answeredAt = clock.now();
      return response;
    },
    async *watch(request, signal) {
      calls.push({
        at: clock.now(),
        answeredAt: undefined,
        method: 'WATCH',
        path: request.path,
        query: request.query ?? {},
        body: undefined,
        status: undefined,
      });
      yield* transport.watch(request, signal);
    },
  };
  return {
    transport: recorded,
    calls,
    /** Asked about each request; the last one given counts. */
    intervene(by: Intervention): void {
      intervene = by;
    },
    /** What goes over the wire in place of a request; the last one given counts. */
    rewrite(by: (request: KubeRequest) => KubeRequest): void {
      rewrite = by;
    },
  };
}
