import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from './aws-error.ts';

/** One request as it came over HTTP. */
export interface WireRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Operation {
  name: string;
  /** Parameters as the protocol carries them: a form's fields, or the parsed JSON. */
  input: Record<string, unknown>;
}

/** A service's wire protocol in front of the model. */
export interface WireService {
  read(request: WireRequest): Operation;
  answer(operation: Operation, request: WireRequest): WireAnswer | Promise<WireAnswer>;
  refuse(error: AwsError): WireAnswer;
}
