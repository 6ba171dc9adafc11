/** One request that came through the endpoint that EKS names, and what became of it. */
export interface FrontRequest {
  /** Epoch milliseconds: when it was answered, or a watch began. */
  at: number;
  /** undefined: nobody knows the bearer of its token. */
  user: string | undefined;
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  /** As JSON was read from it. */
  body: unknown;
  status: number;
}

export type TellRequest = (request: FrontRequest) => void;
