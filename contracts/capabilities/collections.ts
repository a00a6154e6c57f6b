import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { collectionIdSchema, collectionNameSchema, collectionSchema } from '../entities/collection.ts'
import { generationIdSchema } from '../entities/recipe.ts'
import { generationsInput } from './tags.ts'

const members = z.strictObject({ collection: collectionIdSchema, generations: generationsInput })
const changedMembers = z.strictObject({
  collection: collectionSchema,
  generations: z.array(generationIdSchema).describe('The pictures that changed; the others were so already.'),
})

export const listCollections = defineCapability({
  name: 'list_collections',
  title: 'List collections',
  description: 'Lists the collections of pictures by name; those a picture lies in, where one is given.',
  input: z.strictObject({
    generation: generationIdSchema.optional().describe('Only the collections this picture lies in.'),
  }),
  output: z.strictObject({ collections: z.array(collectionSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/collections' },
})

export const createCollection = defineCapability({
  name: 'create_collection',
  title: 'Make a collection',
  description: 'Makes a collection, with pictures in it where some are given, all or nothing.',
  input: z.strictObject({
    name: collectionNameSchema,
    generations: generationsInput.optional().describe('The pictures to begin with, at most 500.'),
  }),
  output: collectionSchema,
  errors: ['collection_name_taken', 'generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/collections' },
})

export const renameCollection = defineCapability({
  name: 'rename_collection',
  title: 'Rename a collection',
  description: 'Gives a collection another name.',
  input: z.strictObject({ collection: collectionIdSchema, name: collectionNameSchema }),
  output: collectionSchema,
  errors: ['collection_not_found', 'collection_name_taken'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/collections/:collection/rename' },
})

export const deleteCollection = defineCapability({
  name: 'delete_collection',
  title: 'Delete a collection',
  description: 'Deletes a collection; its pictures stay. Answers with what it was.',
  input: z.strictObject({ collection: collectionIdSchema }),
  output: collectionSchema,
  errors: ['collection_not_found'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/collections/:collection' },
})

export const addToCollection = defineCapability({
  name: 'add_to_collection',
  title: 'Put pictures into a collection',
  description: 'Puts pictures into a collection, all or nothing, and tells which were not in it before.',
  input: members,
  output: changedMembers,
  errors: ['collection_not_found', 'generation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/collections/:collection/add' },
})

export const removeFromCollection = defineCapability({
  name: 'remove_from_collection',
  title: 'Take pictures out of a collection',
  description: 'Takes pictures out of a collection and tells which were in it; the pictures stay.',
  input: members,
  output: changedMembers,
  errors: ['collection_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/collections/:collection/remove' },
})
