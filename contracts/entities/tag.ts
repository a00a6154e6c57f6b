import { z } from 'zod'
import { generationIdSchema } from './recipe.ts'

/** A tag's name as people write it. Case, Unicode form and repeated spaces make no difference to which tag it is. */
export const tagNameSchema = z
  .string()
  .max(100, 'At most 100 characters.')
  .refine((name) => name.trim() !== '', 'A tag needs a name.')
  .describe('Names a tag, by its name or one of its aliases.')

/** Who gave a tag: a person, the words of the prompt, or a model that looked at the picture. */
export const tagSourceSchema = z.enum(['user', 'prompt_auto', 'vision_auto'])
export type TagSource = z.output<typeof tagSourceSchema>

/** A tag of one picture. */
export const generationTagSchema = z.strictObject({ name: z.string(), source: tagSourceSchema })
export type GenerationTag = z.output<typeof generationTagSchema>

/** A tag as pictures had it: who gave it, and how sure a model was; null where nothing was estimated. */
export const earlierTagSchema = z.strictObject({
  tag: tagNameSchema,
  source: tagSourceSchema,
  confidence: z.number().min(0).max(1).nullable().describe('0 to 1; null where nothing was estimated.'),
  generations: z.array(generationIdSchema).min(1).max(500, 'At most 500 pictures at once.'),
})
export type EarlierTag = z.output<typeof earlierTagSchema>

/** A tag of the gallery. */
export const tagSchema = z.strictObject({
  name: z.string(),
  uses: z.int().min(0).describe('Pictures outside the bin that have it.'),
  aliases: z.array(z.string()).describe('Other names that find it.'),
})
export type Tag = z.output<typeof tagSchema>
