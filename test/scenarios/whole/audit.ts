import { readFileSync } from 'node:fs';
import { drainUser } from '../../../sandbox/world/open-deployment.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';

interface AuditEntry {
  verb: string;
  requestURI: string;
  stageTimestamp: string;
  impersonatedUser?: { username: string };
  objectRef?: { apiGroup?: string; resource?: string; subresource?: string; namespace?: string };
  requestObject?: unknown;
  responseStatus?: { code?: number };
}

const methods: Record<string, string> = { create: 'POST', delete: 'DELETE' };

/** What an API server says a drain asked it to create or delete in a namespace. https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ */
export function auditedRequests(file: string, namespace: string): FrontRequest[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(namespace))
    .map((line) => JSON.parse(line) as AuditEntry)
    .filter(
      ({ impersonatedUser, objectRef }) =>
        impersonatedUser?.username === drainUser && objectRef?.namespace === namespace,
    )
    .flatMap(({ verb, requestURI, stageTimestamp, requestObject, responseStatus }) => {
      const method = methods[verb];
      if (method === undefined) return [];
      const { pathname, searchParams } = new URL(requestURI, 'https://127.0.0.1');
      const query = Object.fromEntries(searchParams);
      const status = responseStatus?.code ?? 0;
      return [
        { at: Date.parse(stageTimestamp), user: drainUser, method, path: pathname, query, body: requestObject, status },
      ];
    });
}

/** What an API server says that a user did: verb and resource, each once. Discovery is not in its log. */
export function auditedVerbs(file: string, user: string): string[] {
  const entries = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(user))
    .map((line) => JSON.parse(line) as AuditEntry)
    .filter(({ impersonatedUser }) => impersonatedUser?.username === user);
  return [...new Set(entries.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`))].sort();
}
