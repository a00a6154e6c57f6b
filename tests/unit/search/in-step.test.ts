import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addCollectionMember,
  deleteCollection,
  emptyDeletedCollection,
  findCollections,
  insertCollection,
  removeCollectionMember,
} from '../../../orchestrator/storage/collections.ts'
import { handleOf, readAll, write, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { changeMarks } from '../../../orchestrator/storage/generation-marks.ts'
import {
  markGenerationCancelled,
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import { addGenerationTag, removeGenerationTag } from '../../../orchestrator/storage/generation-tags.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { findTag } from '../../../orchestrator/storage/tag-lookup.ts'
import { ensureTag, forgetUnusedTag, mergeTag, renameTag } from '../../../orchestrator/storage/tags.ts'
import { memoryDatabase, storeGeneration } from '../storage/support.ts'

const id = fc.integer({ min: 1, max: 6 })
const name = fc.constantFrom('cat', 'feline', 'old town', '😀', 'Café')

const collection = fc.constantFrom('album', 'holiday')
const one = { prefix: false, limit: 1 }

type Step = (database: WritableDatabase) => unknown

/** Runs with a tag where there is one of this name. */
const withTag = (tag: string, run: (database: WritableDatabase, tagId: number) => unknown): Step => {
  return (database) => {
    const found = findTag(database, tag)
    if (found !== null) run(database, found.id)
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(id, name, fc.constantFrom('user', 'prompt_auto')).map(([generation_id, tag, source]): Step => {
    const link = (tag_id: number) => ({ generation_id, tag_id, source, confidence: null }) as const
    return (database) => {
      if (getGeneration(database, generation_id) === null) return
      addGenerationTag(database, link(ensureTag(database, tag, 0).id))
    }
  }),
  fc
    .tuple(id, name)
    .map(([picture, tag]) =>
      withTag(tag, (database, tagId) => removeGenerationTag(database, picture, tagId)),
    ),
  fc
    .tuple(name, name)
    .map(([from, to]) => withTag(from, (database, tagId) => renameTag(database, tagId, to))),
  fc.tuple(name, name).map(([from, into]) =>
    withTag(from, (database, tagId) => {
      const target = findTag(database, into)
      if (target !== null && target.id !== tagId) mergeTag(database, tagId, target.id)
    }),
  ),
  name.map((tag) => withTag(tag, forgetUnusedTag)),
  id.map(
    (picture): Step =>
      (database) =>
        moveGenerationToBin(database, picture, 5),
  ),
  id.map(
    (picture): Step =>
      (database) =>
        takeGenerationFromBin(database, picture),
  ),
  fc
    .record({ rating: fc.option(fc.integer({ min: 0, max: 5 })), favorite: fc.boolean(), notes: fc.string() })
    .chain((marks) =>
      id.map(
        (picture): Step =>
          (database) =>
            changeMarks(database, picture, marks),
      ),
    ),
  fc.tuple(id, collection, fc.boolean()).map(([picture, wanted, put]): Step => {
    return (database) => {
      if (getGeneration(database, picture) === null) return
      const [found = insertCollection(database, wanted, 0)] = findCollections(database, wanted, one)
      if (found === null) return
      if (put) addCollectionMember(database, found, picture, 0)
      else removeCollectionMember(database, found, picture)
    }
  }),
  collection.map((wanted): Step => {
    return (database) => {
      for (const found of findCollections(database, wanted, one)) {
        deleteCollection(database, found, 0)
        while (!emptyDeletedCollection(database, found));
      }
    }
  }),
  fc.tuple(id, fc.string()).map(
    ([picture, prompt]): Step =>
      (database) =>
        write(
          database,
          `UPDATE generations SET recipe = json_set(recipe, '$.prompt', :prompt) WHERE id = :picture`,
          {
            picture,
            prompt,
          },
        ),
  ),
  id.map(
    (picture): Step =>
      (database) =>
        write(database, 'DELETE FROM generations WHERE id = :picture', { picture }),
  ),
)

/** Every word of an index and where it stands. */
function look(database: WritableDatabase, index: string): unknown[] {
  return readAll(database, `SELECT term, doc, col, offset FROM ${index} ORDER BY term, doc, col, offset`)
}

test('[search-in-step] after any changes the index and the counters are as if they were made anew', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const database = memoryDatabase()
      const handle = handleOf(database)
      for (let picture = 1; picture <= 6; picture += 1) {
        storeGeneration(database, picture, { prompt: `picture ${picture}` })
        markGenerationCancelled(database, picture, 1)
      }
      for (const run of steps) run(database)
      handle.exec(`
        CREATE VIRTUAL TABLE fresh USING fts5 (prompt, negative_prompt, notes, tags, preset, style, marks,
          content = '', tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO fresh (rowid, prompt, negative_prompt, notes, tags, preset, style, marks)
          SELECT * FROM generation_texts;
        CREATE VIRTUAL TABLE fresh_words USING fts5vocab (fresh, instance);
        CREATE VIRTUAL TABLE kept_words USING fts5vocab (generations_fts, instance)`)
      expect(look(database, 'kept_words')).toEqual(look(database, 'fresh_words'))
      const kept = 'JOIN generations ON generations.id = generation_id AND deleted_at IS NULL'
      expect(readAll(database, 'SELECT id, uses FROM tags ORDER BY id')).toEqual(
        readAll(
          database,
          `SELECT id, (SELECT count(*) FROM generation_tags ${kept} WHERE tag_id = tags.id) AS uses FROM tags ORDER BY id`,
        ),
      )
      expect(readAll(database, 'SELECT id, pictures FROM collections ORDER BY id')).toEqual(
        readAll(
          database,
          `SELECT id, (SELECT count(*) FROM collection_members ${kept} WHERE collection_id = collections.id) AS pictures
           FROM collections ORDER BY id`,
        ),
      )
      expect(readAll(database, 'SELECT sum(uses) AS uses FROM preset_uses')).toEqual(
        readAll(database, 'SELECT count(*) AS uses FROM generations WHERE deleted_at IS NULL'),
      )
      const both =
        'SELECT normalized_alias FROM tag_aliases WHERE normalized_alias IN (SELECT normalized_name FROM tags)'
      expect(readAll(database, both)).toEqual([])
      handle.exec(`INSERT INTO generations_fts (generations_fts) VALUES ('integrity-check')`)
      handle.close()
    }),
    { numRuns: 150 },
  )
}, 60_000)
