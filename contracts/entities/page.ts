import { z } from 'zod'

/** Which side of a cursor a page lies on. A cursor is a place between two pictures, so it outlives both of them. */
export const pageDirectionSchema = z
  .enum(['forward', 'backward'])
  .default('forward')
  .describe(
    '`forward` goes on after the cursor, `backward` gives the page before it, in the same order; without a cursor they begin at the first and at the last page.',
  )

/** Where the pages on both sides of a page begin. */
export const pageCursors = {
  next_cursor: z.string().nullable().describe('Give this as `cursor` for the next page; null at the end.'),
  previous_cursor: z
    .string()
    .nullable()
    .describe(
      'Give this as `cursor` with the direction `backward` for the page before; null at the beginning. ' +
        'The way a page was come from stays open, even if nothing is left there.',
    ),
}
