import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { EarlierTag } from '../../../contracts/entities/tag.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import {
  addGenerationTag,
  originOfTag,
  removeGenerationTag,
  restoreGenerationTag,
  type TagOrigin,
} from '../../storage/generation-tags.ts'
import { findTag, type TagRow } from '../../storage/tag-lookup.ts'
import { ensureTag, forgetUnusedTag } from '../../storage/tags.ts'

/** What became of tags, so that it can be told and taken back. */
export type TagChange = Omit<CapabilityOutput<'edit_tags'>, 'generations'>

/** Gives pictures a tag, as the word of a person; a new one where there is none of this name. */
export function giveTag(database: WritableDatabase, name: string, ids: readonly number[]): TagChange {
  const tag = ensureTag(database, name, Date.now())
  const before = originsOf(database, tag, ids).filter(({ origin }) => origin.source !== 'user')
  const given = ids.filter((id) =>
    addGenerationTag(database, { generation_id: id, tag_id: tag.id, source: 'user', confidence: null }),
  )
  return { added: [changed(tag, given)], removed: [], before: toEarlier(tag, before) }
}

/** Takes a tag from pictures; one that nothing has any more is forgotten. */
export function takeTag(database: WritableDatabase, name: string, ids: readonly number[]): TagChange {
  const tag = findTag(database, name)
  if (tag === null) return { added: [], removed: [], before: [] }
  const before = originsOf(database, tag, ids)
  for (const { id } of before) removeGenerationTag(database, id, tag.id)
  if (before.length > 0) forgetUnusedTag(database, tag.id)
  const taken = before.map(({ id }) => id)
  return { added: [], removed: [changed(tag, taken)], before: toEarlier(tag, before) }
}

function isChange({ generations }: { readonly generations: readonly string[] }): boolean {
  return generations.length > 0
}

/** Several changes as one, without those that changed nothing. */
export function joinChanges(changes: readonly TagChange[]): TagChange {
  return {
    added: changes.flatMap(({ added }) => added).filter(isChange),
    removed: changes.flatMap(({ removed }) => removed).filter(isChange),
    before: changes.flatMap(({ before }) => before),
  }
}

/**
 * Takes a change back: what was added goes, and what was there is there again, from whom it was.
 *
 * @returns the pictures that changed
 */
export function takeBack(
  database: WritableDatabase,
  { added, before }: CheckedInput<'restore_tags'>,
): ReadonlySet<number> {
  const touched = new Set<number>()
  for (const { tag, generations } of added) {
    const { removed } = takeTag(database, tag, generations.map(Number))
    for (const id of removed.flatMap((one) => one.generations)) touched.add(Number(id))
  }
  for (const { tag, source, confidence, generations } of before) {
    const { id: tagId } = ensureTag(database, tag, Date.now())
    for (const id of generations.map(Number)) {
      const origin = { generation_id: id, tag_id: tagId, source, confidence }
      if (restoreGenerationTag(database, origin)) touched.add(id)
    }
  }
  return touched
}

interface PictureOrigin {
  readonly id: number
  readonly origin: TagOrigin
}

/** The pictures that have a tag, and how they came to it. */
function originsOf(database: WritableDatabase, tag: TagRow, ids: readonly number[]): PictureOrigin[] {
  return ids.flatMap((id) => {
    const origin = originOfTag(database, id, tag.id)
    return origin === null ? [] : [{ id, origin }]
  })
}

/** The same, by who gave the tag and how sure that was. */
function toEarlier({ name: tag }: TagRow, pictures: readonly PictureOrigin[]): EarlierTag[] {
  const groups = Map.groupBy(pictures, ({ origin }) => `${origin.source} ${origin.confidence}`)
  return [...groups.values()].flatMap((group) => {
    const origin = group[0]?.origin
    return origin === undefined ? [] : [{ tag, ...origin, generations: group.map(({ id }) => String(id)) }]
  })
}

function changed({ name: tag }: TagRow, ids: readonly number[]): { tag: string; generations: string[] } {
  return { tag, generations: ids.map(String) }
}
