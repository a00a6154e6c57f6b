import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  readAll,
  readOne,
  write,
  type ReadableDatabase,
  type WritableDatabase,
} from '../../../orchestrator/storage/connection.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import {
  moveGenerationToBin,
  takeGenerationFromBin,
} from '../../../orchestrator/storage/generation-states.ts'
import { renameTag } from '../../../orchestrator/storage/tags.ts'
import { fileDatabase, storeGeneration, temporaryFolder } from './support.ts'

const fixture = join(import.meta.dirname, '../../fixtures/databases/0001-foundation.sqlite')
const first = 1_700_000_000_000 * 1024

function migrated(): WritableDatabase {
  const folder = temporaryFolder()
  cpSync(fixture, join(folder, 'mysticanvas.sqlite'))
  return fileDatabase(folder)
}

const found = (database: ReadableDatabase, match: string) =>
  readAll<{ id: number }>(
    database,
    'SELECT rowid AS id FROM generations_fts WHERE generations_fts MATCH :match ORDER BY rowid',
    { match },
  ).map(({ id }) => id - first)

function addTag(database: WritableDatabase, id: number, name: string): void {
  write(
    database,
    `INSERT INTO tags (name, normalized_name, created_at) VALUES (:name, :name, 0) ON CONFLICT DO NOTHING`,
    { name },
  )
  write(
    database,
    `INSERT OR IGNORE INTO generation_tags SELECT :id, id, 'user', NULL FROM tags WHERE name = :name`,
    { id, name },
  )
}

describe('the migration to search and tags', () => {
  test('[search-migration] keeps every row and finds the pictures that were there, but not those in the bin', () => {
    const database = migrated()
    expect(readOne(database, 'SELECT count(*) AS count FROM generations')).toEqual({ count: 3 })
    expect(readOne(database, 'SELECT count(*) AS count FROM generation_files')).toEqual({ count: 1 })
    expect(readOne(database, 'SELECT count(*) AS count FROM jobs')).toEqual({ count: 1 })
    expect(getGeneration(database, first)).toMatchObject({ rating: null, favorite: 0, notes: '' })
    expect(found(database, 'cafe')).toEqual([0])
    expect(found(database, 'boat')).toEqual([0])
    expect(found(database, 'negative_prompt : fog')).toEqual([0])
    expect(found(database, 'preset : "small world"')).toEqual([0, 2])
    expect(found(database, 'marks : "128x192" AND marks : p AND marks : w192')).toEqual([0, 2])
  })

  test('[search-migration] follows new pictures, changed texts, ratings, the bin and deletion', () => {
    const database = migrated()
    storeGeneration(database, first + 9, { prompt: 'a lighthouse' })
    expect(found(database, 'lighthouse')).toEqual([9])
    write(database, `UPDATE generations SET notes = 'for Anna', rating = 4, favorite = 1 WHERE id = :id`, {
      id: first + 9,
    })
    expect(found(database, 'notes : anna AND marks : 4 AND marks : f')).toEqual([9])
    write(
      database,
      `UPDATE generations SET recipe = json_set(recipe, '$.prompt', 'a tower', '$.style', 'Ink wash')`,
    )
    expect(found(database, 'lighthouse')).toEqual([])
    expect(found(database, 'tower AND style : "ink wash"')).toEqual([0, 2, 9])
    write(database, `UPDATE generations SET state = 'cancelled', finished_at = 1 WHERE id = :id`, {
      id: first + 9,
    })
    moveGenerationToBin(database, first + 9, 1)
    expect(found(database, 'tower')).toEqual([0, 2])
    takeGenerationFromBin(database, first + 9)
    expect(found(database, 'tower AND anna')).toEqual([9])
    write(database, 'DELETE FROM generations WHERE id = :id', { id: first + 9 })
    expect(found(database, 'tower')).toEqual([0, 2])
  })

  test('[search-migration] follows tags that are given, taken, renamed and removed, and counts their uses', () => {
    const database = migrated()
    const uses = () => readAll(database, 'SELECT name, uses FROM tags ORDER BY id')
    addTag(database, first, 'feline')
    addTag(database, first, 'feline')
    addTag(database, first, 'pet')
    addTag(database, first + 1, 'feline')
    expect(found(database, 'tags : feline')).toEqual([0])
    expect(uses()).toEqual([
      { name: 'feline', uses: 1 },
      { name: 'pet', uses: 1 },
    ])
    takeGenerationFromBin(database, first + 1)
    expect(found(database, 'tags : feline')).toEqual([0, 1])
    renameTag(database, 1, 'Katze')
    expect(found(database, 'feline')).toEqual([])
    expect(found(database, 'katze AND boat')).toEqual([0, 1])
    write(database, `DELETE FROM generation_tags WHERE generation_id = :id`, { id: first + 1 })
    expect(found(database, 'katze')).toEqual([0])
    write(database, `DELETE FROM tags WHERE name = 'Katze'`)
    expect(found(database, 'katze')).toEqual([])
    expect(found(database, 'pet')).toEqual([0])
    write(database, 'DELETE FROM generations WHERE id = :id', { id: first })
    expect(uses()).toEqual([{ name: 'pet', uses: 0 }])
    expect(found(database, 'pet')).toEqual([])
  })

  test('[tags-alias-cycles] an alias names a tag and cannot name an alias', () => {
    const database = migrated()
    expect(() =>
      write(database, `INSERT INTO tag_aliases (normalized_alias, alias, tag_id) VALUES ('cat', 'cat', 77)`),
    ).toThrow('FOREIGN KEY')
  })

  test.each([
    `UPDATE generations SET rating = 6`,
    `UPDATE generations SET favorite = 2`,
    `INSERT INTO tags (name, normalized_name, created_at) VALUES ('', '', 0)`,
  ])('refuses %s', (sql) => {
    expect(() => write(migrated(), sql)).toThrow('CHECK')
  })
})
