import { readOne, write, type WritableDatabase } from './connection.ts'

/** What a person says about a picture. */
export interface GenerationMarks {
  readonly rating: number | null
  readonly favorite: boolean
  readonly notes: string
}

/**
 * Sets what is given and leaves the rest.
 *
 * @returns what it was before; null where nothing changed or there is no such picture
 */
export function changeMarks(
  database: WritableDatabase,
  id: number,
  changes: Partial<GenerationMarks>,
): GenerationMarks | null {
  const row = readOne<{ rating: number | null; favorite: number; notes: string }>(
    database,
    'SELECT rating, favorite, notes FROM generations WHERE id = :id',
    { id },
  )
  if (row === null) return null
  const before = { ...row, favorite: row.favorite === 1 }
  const after = { ...before, ...changes }
  const same =
    after.rating === before.rating && after.favorite === before.favorite && after.notes === before.notes
  if (same) return null
  const sql = 'UPDATE generations SET rating = :rating, favorite = :favorite, notes = :notes WHERE id = :id'
  write(database, sql, { id, rating: after.rating, favorite: after.favorite ? 1 : 0, notes: after.notes })
  return before
}
