import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One step from a version of the database to the next. */
export interface Migration {
  /** The version of the database after it; the first one is 1, and there are no gaps. */
  readonly version: number
  /** Its file name without the ending, such as `0001-foundation`. */
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** Where the product keeps its migrations. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url))

const fileName = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Reads `NNNN-name.sql` files in their order; a gap or a stranger among them is a bug. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return names.map((name, index) => {
    const version = Number(fileName.exec(name)?.[1])
    if (version !== index + 1) throw new Error(`Expected migration ${index + 1} and found ${name}`)
    // A checkout may change line ends; that does not make it another migration.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return {
      version,
      name: name.slice(0, -'.sql'.length),
      sql,
      sha256: createHash('sha256').update(sql).digest('hex'),
    }
  })
}

/** The version of the database after all of these migrations. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}
