import type { Evidence } from '../../shared/evidence/evidence.ts';
import { seenJson } from '../query/seen-json.ts';
import type { EvidenceFormat } from './evidence-options.ts';
import { evidenceText } from './evidence-text.ts';

/** With the newline at its end. The page's code is loaded only when it is wanted. */
export async function renderEvidence(
  evidence: Evidence,
  source: string,
  format: EvidenceFormat,
  width: number,
): Promise<string> {
  if (format === 'json') return seenJson({ ...evidence, source, claims: evidence.claims.map(claimJson) });
  if (format === 'text') return evidenceText(evidence, source, width);
  return (await import('../../shared/log-page/render-evidence-page.ts')).renderEvidencePage(evidence, source);
}

/** Instants as a person and a program read them; the open end of a time has none. */
function claimJson({ claim, state, auditId, at, code }: Evidence['claims'][number]) {
  const iso = (milliseconds: number) =>
    Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : undefined;
  const { kind, about, uid, from, to, codes, text } = claim;
  return {
    state,
    claim: { kind, about, uid, from: iso(from), to: iso(to), codes, text },
    ...(at === undefined ? {} : { event: { auditId, at: iso(at), code } }),
  };
}
