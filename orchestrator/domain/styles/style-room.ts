import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { countStyles, findStyleByName } from '../../storage/style-list.ts'

/** More than anybody looks through; so many are still listed and searched in no time. */
export const mostStyles = 5000

const longestName = 100

/** @throws ProductError `too_many_styles` where so many more do not fit */
export function requireRoom(database: ReadableDatabase, more: number): void {
  if (countStyles(database) + more > mostStyles)
    throw new ProductError('too_many_styles', `At most ${mostStyles} styles can be kept.`)
}

/** A name like this one that no style has: with a number after it. */
export function freeName(database: ReadableDatabase, name: string): string {
  const base = name.replace(/ \d+$/, '')
  for (let number = 2; ; number += 1) {
    const ending = ` ${number}`
    const candidate = base.slice(0, longestName - ending.length) + ending
    if (findStyleByName(database, candidate) === null) return candidate
  }
}
