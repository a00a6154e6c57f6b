import { z } from 'zod'
import { generationIdSchema } from './recipe.ts'

export const collectionIdSchema = z.int().min(1).describe('Names a collection.')

/** A collection's name as people write it. Case, Unicode form and repeated spaces make no difference to which it is. */
export const collectionNameSchema = z
  .string()
  .max(100, 'At most 100 characters.')
  .refine((name) => name.trim() !== '', 'A collection needs a name.')

/** Pictures people put together. A picture may lie in any number of them. */
export const collectionSchema = z.strictObject({
  id: collectionIdSchema,
  name: z.string(),
  pictures: z.int().min(0).describe('Pictures outside the bin that lie in it.'),
  cover: generationIdSchema.nullable().describe('The newest of them; null where there is none.'),
  created_at: z.iso.datetime(),
})
export type Collection = z.output<typeof collectionSchema>
