import type {
  KubeRequest,
  KubeResponse,
  KubeTransport,
  KubeWatchFrame,
} from '../../../shared/adapters/kube-transport.ts';

export type Script = Partial<KubeResponse> | Error;

/** Answers requests in the order of its script, and a watch with frames (an Error among them ends it); keeps what it was asked. */
export function scriptedTransport({
  answers = [],
  frames = [],
}: {
  answers?: Script[];
  frames?: (KubeWatchFrame | Error)[];
}) {
  const requests: Pick<KubeRequest, 'path' | 'query'>[] & KubeRequest[] = [];
  const transport: KubeTransport = {
    async request(request, signal) {
      signal.throwIfAborted();
      requests.push(request);
      const answer = answers[requests.length - 1];
      if (answer === undefined) throw new Error(`no answer left for ${request.method} ${request.path}`);
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: {}, body: {}, ...answer };
    },
    async *watch(request, signal) {
      requests.push({ method: 'GET', ...request });
      for (const frame of frames) {
        signal.throwIfAborted();
        if (frame instanceof Error) throw frame;
        yield frame;
      }
    },
  };
  return { transport, requests };
}
