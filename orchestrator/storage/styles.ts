import { write, writeExactlyOne, writeReturning, type WritableDatabase } from './connection.ts'
import { normalizeStyleName, tidyStyleName, toWords } from './style-name.ts'
import type { StyleContent } from './style-row.ts'

/*
 * Writing styles. A style of the product's library that a person changes becomes the person's own and keeps its origin, so
 * that the library does not add it a second time. One that was deleted stays as a row, to be brought back.
 */

/**
 * Adds a style; its id.
 *
 * @param origin its key in the product's library; null for one of a person's own
 */
export function insertStyle(
  database: WritableDatabase,
  content: StyleContent,
  origin: string | null,
  now: number,
): number {
  const sql = `INSERT INTO styles (name, normalized_name, description, category, prompt_template, negative_prompt,
      parameters, search_text, source, origin, created_at, updated_at)
    VALUES (:name, :normalized_name, :description, :category, :prompt_template, :negative_prompt, :parameters,
      :search_text, :source, :origin, :now, :now) RETURNING id`
  const source = origin === null ? 'own' : 'built_in'
  const row = writeReturning<{ id: number }>(database, sql, { ...columnsOf(content), source, origin, now })
  if (row === null) throw new Error('The style was not stored.')
  return row.id
}

/** Changes a style, and whose it is. */
export function updateStyle(
  database: WritableDatabase,
  id: number,
  content: StyleContent,
  source: 'built_in' | 'own',
  now: number,
): void {
  writeExactlyOne(
    database,
    `UPDATE styles SET name = :name, normalized_name = :normalized_name, description = :description,
       category = :category, prompt_template = :prompt_template, negative_prompt = :negative_prompt,
       parameters = :parameters, search_text = :search_text, source = :source, updated_at = :now
     WHERE id = :id`,
    { ...columnsOf(content), id, source, now },
  )
}

/** Takes a style from the list; false where it is not there. */
export function markStyleDeleted(database: WritableDatabase, id: number, now: number): boolean {
  const sql = 'UPDATE styles SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL'
  return write(database, sql, { id, now }) === 1
}

/** Brings a style back. Its name must be free. */
export function unmarkStyleDeleted(database: WritableDatabase, id: number): void {
  writeExactlyOne(database, 'UPDATE styles SET deleted_at = NULL WHERE id = :id', { id })
}

/** Removes the styles of the product's library that it no longer has and nobody changed; how many. */
export function removeFormerBuiltIns(database: WritableDatabase, origins: readonly string[]): number {
  const sql = `DELETE FROM styles
    WHERE source = 'built_in' AND origin NOT IN (SELECT value FROM json_each(:origins))`
  return write(database, sql, { origins: JSON.stringify(origins) })
}

function columnsOf(content: StyleContent) {
  const { name, description, category, prompt_template, negative_prompt, parameters } = content
  return {
    name: tidyStyleName(name),
    normalized_name: normalizeStyleName(name),
    description,
    category,
    prompt_template,
    negative_prompt,
    parameters: JSON.stringify(parameters),
    search_text: toWords([name, category, description, prompt_template].join(' ')).join(' '),
  }
}
