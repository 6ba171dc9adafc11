import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { KubeResponse } from './kube-transport.ts';

/** The whole answer. Throws when it is cut off, or longer than `maxBytes` before or after decompression. */
export async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<KubeResponse> {
  const sent = await readBytes(response, maxBytes);
  const bytes =
    response.headers['content-encoding'] === 'gzip' && sent.length > 0
      ? await promisify(gunzip)(sent, { maxOutputLength: maxBytes })
      : sent;
  return { status: response.statusCode ?? 0, headers: headersOf(response), body: jsonOrText(bytes.toString('utf8')) };
}

async function readBytes(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(response: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, or /healthz. The contract hands the text on.
    return text;
  }
}
