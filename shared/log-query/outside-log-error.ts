/**
 * CloudWatch refuses a range that ends before the log group was made, or before what it still keeps: there is nothing in it. A range that
 * only begins there is none of these, but a part of it may be.
 */
export class OutsideLogError extends Error {
  override readonly name = 'OutsideLogError';
}
