/** Something that the tests need is not there and cannot be made. */
export class NotToBeHadError extends Error {
  override name = 'NotToBeHadError';
}
