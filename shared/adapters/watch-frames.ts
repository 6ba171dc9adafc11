import type { IncomingMessage } from 'node:http';
import type { KubeWatchFrame } from './kube-transport.ts';

/**
 * The frames of a watch, one JSON object on a line. `onSilence` is called when the server says nothing for `silenceSeconds`
 * while the next frame is waited for; a slow reader is not taken for a silent server.
 */
export async function* watchFrames(
  response: IncomingMessage,
  limits: { silenceSeconds: number; maxBytes: number; onSilence: () => void },
): AsyncGenerator<KubeWatchFrame, void, undefined> {
  // The decoder keeps a character that is split between two chunks until the rest of it arrives.
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of unlessSilent(response, limits)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.maxBytes) throw new Error(`a watch frame is longer than ${limits.maxBytes} bytes`);
    for (const line of lines) if (line.trim() !== '') yield frameOf(line);
  }
  if (rest.trim() !== '') yield frameOf(rest);
}

async function* unlessSilent(
  chunks: AsyncIterable<string>,
  { silenceSeconds, onSilence }: { silenceSeconds: number; onSilence: () => void },
): AsyncGenerator<string, void, undefined> {
  let timer = setTimeout(onSilence, silenceSeconds * 1000);
  try {
    for await (const chunk of chunks) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(onSilence, silenceSeconds * 1000);
    }
  } finally {
    clearTimeout(timer);
  }
}

function frameOf(line: string): KubeWatchFrame {
  const frame: unknown = JSON.parse(line);
  if (typeof frame !== 'object' || frame === null || !('type' in frame) || !('object' in frame))
    throw new Error(`not a watch frame: ${line.slice(0, 100)}`);
  return frame as KubeWatchFrame;
}
