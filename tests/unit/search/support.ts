import { parseQuery } from '../../../orchestrator/domain/search/parse-query.ts'
import { readAll, write, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { compileSearch } from '../../../orchestrator/storage/search/compile-search.ts'
import { findNewest } from '../../../orchestrator/storage/search/find-generations.ts'
import { searchStatement } from '../../../orchestrator/storage/search/search-statement.ts'
import { normalizeTagName } from '../../../orchestrator/storage/tag-name.ts'
import { memoryDatabase, storeGeneration } from '../storage/support.ts'

/** The ids a query finds, newest first. */
export function find(database: WritableDatabase, query: string, limit = 100): number[] {
  return findNewest(database, { query: parseQuery(query), cursor: null, limit }).ids
}

/** The same by the index alone, with every filter in it. */
export function findByIndex(database: WritableDatabase, query: string): number[] {
  const search = compileSearch(database, parseQuery(query))
  const { sql, parameters } = searchStatement(search, { below: null, limit: 100 })
  return readAll<{ id: number }>(database, sql, parameters).map(({ id }) => id)
}

/** Gives a picture a tag, without the functions of the product. */
export function tag(database: WritableDatabase, id: number, name: string): void {
  const normalized = normalizeTagName(name)
  write(
    database,
    'INSERT INTO tags (name, normalized_name, created_at) VALUES (:name, :normalized, 0) ON CONFLICT DO NOTHING',
    { name, normalized },
  )
  write(
    database,
    `INSERT INTO generation_tags SELECT :id, id, 'user', NULL FROM tags WHERE normalized_name = :normalized
     ON CONFLICT DO NOTHING`,
    { id, normalized },
  )
}

/** Names a tag otherwise as well. */
export function alias(database: WritableDatabase, name: string, other: string): void {
  write(
    database,
    'INSERT INTO tag_aliases SELECT :other, :other, id FROM tags WHERE normalized_name = :name',
    { name, other },
  )
}

/** Says something about a picture. */
export function set(database: WritableDatabase, id: number, changes: string): void {
  write(database, `UPDATE generations SET ${changes} WHERE id = :id`, { id })
}

/** Eight pictures that differ in all that can be searched for. */
export function gallery(): WritableDatabase {
  const database = memoryDatabase()
  const prompts = [
    'a red boat on the sea',
    'a red Café by the sea, sci-fi',
    'boats in fog',
    'an old lighthouse',
    'a lake with a red boat',
    'a portrait of Anna',
    '猫の写真',
    'a dog',
  ]
  for (const [index, prompt] of prompts.entries()) {
    storeGeneration(database, index + 1, { prompt, negative_prompt: index === 3 ? 'fog' : '', seed: index })
  }
  set(database, 1, 'rating = 5')
  set(database, 2, 'rating = 3, favorite = 1')
  set(database, 3, 'rating = 0')
  set(database, 4, `notes = 'for the calendar', state = 'failed', finished_at = 1`)
  set(database, 5, `recipe = json_set(recipe, '$.width', 1024, '$.height', 512)`)
  set(database, 6, `recipe = json_set(recipe, '$.width', 512, '$.height', 512, '$.style', 'Ink wash')`)
  tag(database, 7, 'feline')
  tag(database, 8, 'Pet')
  tag(database, 1, 'Old Town')
  tag(database, 2, '😀')
  alias(database, 'feline', 'cat')
  return database
}

/** Every id that is there. */
export const allIds = (database: WritableDatabase): number[] =>
  readAll<{ id: number }>(database, 'SELECT id FROM generations ORDER BY id DESC').map(({ id }) => id)
