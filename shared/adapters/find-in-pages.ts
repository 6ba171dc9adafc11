/** The first thing that `pick` finds, page after page; undefined when the last page does not hold it either. */
export async function findInPages<Page extends { NextToken?: string | undefined }, Found>(
  fetchPage: (nextToken: string | undefined) => Promise<Page>,
  pick: (page: Page) => Found | undefined,
): Promise<Found | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await fetchPage(nextToken);
    const found = pick(page);
    if (found !== undefined) return found;
    nextToken = page.NextToken;
  } while (nextToken);
  return undefined;
}
