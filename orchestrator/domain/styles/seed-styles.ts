import { isDeepStrictEqual } from 'node:util'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { findStyleByName, getStyle, stylesOfLibrary } from '../../storage/style-list.ts'
import { removeStylePreview } from '../../storage/style-previews.ts'
import type { StyleContent } from '../../storage/style-row.ts'
import { insertStyle, removeFormerBuiltIns, updateStyle } from '../../storage/styles.ts'
import type { LibraryStyle } from './library/library-style.ts'
import { showsTheSame } from './style-content.ts'

/**
 * Brings the styles of the product's library up to date, at each start. What a person made, changed or deleted stays as it
 * is; a style of the library whose name a person has taken waits until that name is free.
 */
export function seedStyles(database: WritableDatabase, library: readonly LibraryStyle[], now: number): void {
  transaction(database, () => {
    removeFormerBuiltIns(
      database,
      library.map(({ key }) => key),
    )
    const there = new Map(stylesOfLibrary(database).map((row) => [row.origin, row]))
    for (const { key, ...content } of library) {
      const row = there.get(key)
      if (row === undefined) addWhereFree(database, key, content, now)
      else if (row.source === 'built_in') refresh(database, row.id, content, now)
    }
  })
}

function addWhereFree(database: WritableDatabase, key: string, content: StyleContent, now: number): void {
  if (findStyleByName(database, content.name) === null) insertStyle(database, content, key, now)
}

function refresh(database: WritableDatabase, id: number, content: StyleContent, now: number): void {
  const before = getStyle(database, id)
  if (before === null) return
  const same = Object.entries(content).every(([name, value]) =>
    isDeepStrictEqual(before[name as keyof StyleContent], value),
  )
  const holder = findStyleByName(database, content.name)
  if (same || (holder !== null && holder.id !== id)) return
  updateStyle(database, id, content, 'built_in', now)
  if (!showsTheSame(before, content)) removeStylePreview(database, id)
}
