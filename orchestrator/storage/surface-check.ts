import { existsSync, statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'

/**
 * Looks for damage at a handful of places, in the same short time for any size: the length of the file, its header, the
 * schema, and both ends of every table, each with the whole way down to it. Damage between them it does not see.
 *
 * @returns what was found, at most one finding for each place
 * @throws an error of SQLite where it cannot read on
 */
export function findSurfaceDamage(handle: Sqlite.Database): string[] {
  return [...findWrongLength(handle), ...readEnds(handle)]
}

/** A file that was cut off or copied in part is shorter than its header says. */
function findWrongLength(handle: Sqlite.Database): string[] {
  const pages = Number(handle.pragma('page_count', { simple: true }))
  const free = Number(handle.pragma('freelist_count', { simple: true }))
  if (free > pages) return [`The header counts ${free} unused pages of ${pages}.`]
  const log = `${handle.name}-wal`
  // Pages that are still in the log may lie beyond the end of the file.
  if (existsSync(log) && statSync(log).size > 0) return []
  const needed = pages * Number(handle.pragma('page_size', { simple: true }))
  const found = statSync(handle.name).size
  return found === needed ? [] : [`The file has ${found} bytes and should have ${needed}.`]
}

function readEnds(handle: Sqlite.Database): string[] {
  const tables = handle.pragma('table_list') as { name: string; type: string; wr: number; schema: string }[]
  for (const { name, type, wr, schema } of tables) {
    if (schema !== 'main' || (type !== 'table' && type !== 'shadow')) continue
    const table = `"${name.replaceAll('"', '""')}"`
    handle.prepare(`SELECT * FROM ${table} LIMIT 1`).all()
    if (wr === 0) handle.prepare(`SELECT * FROM ${table} ORDER BY rowid DESC LIMIT 1`).all()
  }
  return []
}
