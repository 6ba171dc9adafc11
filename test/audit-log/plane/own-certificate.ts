import { generate } from 'selfsigned';

/** A client's key and certificate, PEM: its own authority, so that whoever trusts it trusts nobody else. */
export async function ownCertificate(user: string, group: string): Promise<{ key: string; cert: string }> {
  const subject = [
    { name: 'commonName', value: user },
    { name: 'organizationName', value: group },
  ];
  const { private: key, cert } = await generate(subject, {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'extKeyUsage', clientAuth: true },
    ],
  });
  return { key, cert };
}
