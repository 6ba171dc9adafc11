import { generate } from 'selfsigned';

/** For a server on 127.0.0.1: PEM, and its own certificate authority. */
export async function loopbackCertificate(): Promise<{ key: string; cert: string }> {
  const names = { name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] };
  const authority = { name: 'basicConstraints' as const, cA: true };
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [authority, names],
  });
  return { key, cert };
}
