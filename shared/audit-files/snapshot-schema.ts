import * as z from 'zod';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import { computeLists } from './snapshot-compute.ts';
import { networkLists } from './snapshot-ec2.ts';
import { clusterLists } from './snapshot-eks.ts';
import { clusterObjects } from './snapshot-kubernetes.ts';

const text = z.string();

/**
 * A snapshot as a file: what the checks look at and nothing else, so that whatever an API answers beyond it is left out. Whoever puts one
 * together by hand need not leave anything out.
 */
export const snapshotSchema = z.object({
  version: z.literal(1, { error: 'expected 1: this is no network snapshot, or one of another version' }),
  account: z.string().regex(/^\d{12}$/, 'expected an account id of twelve digits'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'expected a region such as eu-west-1'),
  partition: z.string().regex(/^aws(-[a-z]+)*$/, 'expected a partition such as aws'),
  takenAt: z.iso.datetime({ offset: true, error: 'expected an instant such as 2026-03-01T08:00:00Z' }),
  clusters: z.array(text).exactOptional(),
  ...clusterLists,
  ...networkLists,
  ...computeLists,
  kubernetes: z.record(text, clusterObjects).exactOptional(),
  denied: z.array(z.object({ action: text, about: text, message: text })).exactOptional(),
}) satisfies z.ZodType<NetworkSnapshot>;
