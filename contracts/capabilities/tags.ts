import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { generationSchema } from '../entities/generation.ts'
import { generationIdSchema } from '../entities/recipe.ts'
import { earlierTagSchema, tagNameSchema, tagSchema } from '../entities/tag.ts'

/** Pictures that are changed together, each once. */
export const generationsInput = z
  .array(generationIdSchema)
  .min(1)
  .max(500, 'At most 500 pictures at once.')
  .describe('The pictures, at most 500.')

const tagNames = z.array(tagNameSchema).max(50, 'At most 50 tags at once.').default([])
const changedTags = z.array(z.strictObject({ tag: tagNameSchema, generations: z.array(generationIdSchema) }))

export const listTags = defineCapability({
  name: 'list_tags',
  title: 'List tags',
  description: 'Lists tags, most used first; those that begin like something, where that is given.',
  input: z.strictObject({
    prefix: z.string().max(100).default('').describe('How the name or an alias begins.'),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.strictObject({ tags: z.array(tagSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/tags' },
})

export const editTags = defineCapability({
  name: 'edit_tags',
  title: 'Tag pictures',
  description: 'Adds tags to pictures and removes others, all or nothing, and tells exactly what changed.',
  input: z.strictObject({ generations: generationsInput, add: tagNames, remove: tagNames }),
  output: z.strictObject({
    added: changedTags.describe('Which pictures gained a tag.'),
    removed: changedTags.describe('Which pictures lost a tag.'),
    before: z
      .array(earlierTagSchema)
      .describe('The tags that were lost, or became the word of a person, as they were.'),
    generations: z.array(generationSchema).describe('The pictures that changed.'),
  }),
  errors: ['generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/tags/edit' },
})

export const restoreTags = defineCapability({
  name: 'restore_tags',
  title: 'Undo a change of tags',
  description: 'Takes back what edit_tags did: give it `added` and `before` of its answer.',
  input: z.strictObject({
    added: z
      .array(z.strictObject({ tag: tagNameSchema, generations: generationsInput }))
      .max(50, 'At most 50 tags at once.')
      .default([])
      .describe('Tags to take away again.'),
    before: z
      .array(earlierTagSchema)
      .max(200, 'At most 200 tags at once.')
      .default([])
      .describe('Tags to give back as they were, with who gave them.'),
  }),
  output: z.strictObject({ generations: z.array(generationSchema).describe('The pictures that changed.') }),
  errors: ['generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/tags/restore' },
})

export const renameTag = defineCapability({
  name: 'rename_tag',
  title: 'Rename a tag',
  description: 'Gives a tag another name, on all its pictures.',
  input: z.strictObject({ tag: tagNameSchema, name: tagNameSchema.describe('Its new name.') }),
  output: tagSchema,
  errors: ['tag_not_found', 'tag_name_taken'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/tags/rename' },
})

export const mergeTags = defineCapability({
  name: 'merge_tags',
  title: 'Merge tags',
  description: 'Makes several tags one; their names become its aliases. This cannot be undone.',
  input: z.strictObject({
    tags: z.array(tagNameSchema).min(1).max(50).describe('The tags that go.'),
    into: tagNameSchema.describe('The tag that stays.'),
  }),
  output: tagSchema,
  errors: ['tag_not_found'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/tags/merge' },
})

export const saveTagAlias = defineCapability({
  name: 'save_tag_alias',
  title: 'Give a tag another name',
  description: 'Adds a name that finds the tag as well, as "cat" may find "feline".',
  input: z.strictObject({ tag: tagNameSchema, alias: tagNameSchema.describe('The other name.') }),
  output: tagSchema,
  errors: ['tag_not_found', 'tag_name_taken'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/tags/aliases' },
})

export const deleteTagAlias = defineCapability({
  name: 'delete_tag_alias',
  title: 'Take a name from a tag',
  description: 'Removes an alias; the tag and its pictures stay as they are.',
  input: z.strictObject({ alias: tagNameSchema.describe('The name to remove.') }),
  output: tagSchema,
  errors: ['tag_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/tags/aliases' },
})
