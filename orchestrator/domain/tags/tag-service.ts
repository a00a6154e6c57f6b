import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Generation } from '../../../contracts/entities/generation.ts'
import type { Tag } from '../../../contracts/entities/tag.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { currentRequestId } from '../../foundation/request-context.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { findTag, tagsBeginning, type TagRow } from '../../storage/tag-lookup.ts'
import { normalizeTagName } from '../../storage/tag-name.ts'
import { aliasesOfTags, deleteTagAlias, mergeTag, renameTag, saveTagAlias } from '../../storage/tags.ts'
import type { EventBus } from '../event-bus.ts'
import { announceUpdated, requireAll } from '../generation/bulk.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { giveTag, joinChanges, takeBack, takeTag } from './change-tags.ts'
import { enqueueTagUpkeep } from './tag-upkeep-job.ts'

interface TagParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
  /** Called when there may be upkeep to do. */
  readonly onUpkeep: () => void
}

/** What people do with tags: give and take them, and keep their names in order. */
export class TagService {
  readonly #parts: TagParts

  constructor(parts: TagParts) {
    this.#parts = parts
  }

  list({ prefix, limit }: CheckedInput<'list_tags'>): CapabilityOutput<'list_tags'> {
    return { tags: this.#show(tagsBeginning(this.#parts.database, prefix, limit)) }
  }

  /** @throws ProductError `generation_not_found` where one picture is not there; then nothing changes */
  edit({ generations, add, remove }: CheckedInput<'edit_tags'>): CapabilityOutput<'edit_tags'> {
    const { database } = this.#parts
    const ids = [...new Set(generations.map(Number))]
    const toAdd = distinct(add)
    // Who takes and gives the same tag means to give it.
    const given = new Set(toAdd.map(normalizeTagName))
    const toRemove = distinct(remove).filter((name) => !given.has(normalizeTagName(name)))
    const change = transaction(database, () => {
      requireAll(database, ids)
      return joinChanges([
        ...toAdd.map((name) => giveTag(database, name, ids)),
        ...toRemove.map((name) => takeTag(database, name, ids)),
      ])
    })
    const changes = [...change.added, ...change.removed, ...change.before]
    const changed = new Set(changes.flatMap((one) => one.generations.map(Number)))
    return { ...change, generations: this.#changed(changed, changes) }
  }

  /** @throws ProductError `generation_not_found` where one picture is not there; then nothing changes */
  restore(input: CheckedInput<'restore_tags'>): CapabilityOutput<'restore_tags'> {
    const { database } = this.#parts
    const changes = [...input.added, ...input.before]
    const touched = transaction(database, () => {
      requireAll(database, [...new Set(changes.flatMap(({ generations }) => generations.map(Number)))])
      return takeBack(database, input)
    })
    return { generations: this.#changed(touched, changes) }
  }

  rename({ tag, name }: CheckedInput<'rename_tag'>): Tag {
    const { id, name: before } = this.#require(tag)
    transaction(this.#parts.database, () => {
      const renamed = renameTag(this.#parts.database, id, name)
      if (renamed === null) throw new ProductError('tag_name_taken')
      if (renamed.unfinished) this.#enqueueUpkeep(id, [before, name])
    })
    this.#parts.onUpkeep()
    this.#tell([before, name], `The tag "${before}" is called "${name}" now.`)
    return this.#one(name)
  }

  merge({ tags, into }: CheckedInput<'merge_tags'>): Tag {
    const { database } = this.#parts
    const target = this.#require(into)
    const sources = new Map(tags.map((name) => this.#require(name)).map((tag) => [tag.id, tag]))
    sources.delete(target.id)
    transaction(database, () => {
      for (const { id, name } of sources.values())
        if (mergeTag(database, id, target.id).unfinished) this.#enqueueUpkeep(id, [name, target.name])
    })
    this.#parts.onUpkeep()
    const names = [...sources.values()].map(({ name }) => name)
    this.#tell([...names, target.name], `The tags ${names.join(', ')} became "${target.name}".`)
    return this.#one(into)
  }

  saveAlias({ tag, alias }: CheckedInput<'save_tag_alias'>): Tag {
    const { id, name } = this.#require(tag)
    if (!saveTagAlias(this.#parts.database, id, alias)) throw new ProductError('tag_name_taken')
    this.#tell([name], `The tag "${name}" is found by "${alias}" as well.`)
    return this.#one(tag)
  }

  deleteAlias({ alias }: CheckedInput<'delete_tag_alias'>): Tag {
    const { name } = this.#require(alias)
    if (!deleteTagAlias(this.#parts.database, alias))
      throw new ProductError('tag_not_found', 'This is the name of a tag, not an alias.')
    this.#tell([name], `The tag "${name}" is no longer found by "${alias}".`)
    return this.#one(name)
  }

  /** Tells of pictures that were tagged, and shows them. */
  #changed(ids: ReadonlySet<number>, tags: readonly { readonly tag: string }[]): Generation[] {
    const after = this.#parts.views.many([...ids])
    announceUpdated(this.#parts.events, after, 'was tagged')
    if (after.length > 0)
      this.#tell(
        tags.map(({ tag }) => tag),
        'Tags of pictures were changed.',
      )
    return after
  }

  #enqueueUpkeep(id: number, names: string[]): void {
    enqueueTagUpkeep(this.#parts.database, id, names, currentRequestId() ?? 'product')
  }

  #require(name: string): TagRow {
    const tag = findTag(this.#parts.database, name)
    if (tag === null) throw new ProductError('tag_not_found', `There is no tag "${name}".`)
    return tag
  }

  #one(name: string): Tag {
    return this.#show([this.#require(name)])[0] as Tag
  }

  #show(tags: readonly TagRow[]): Tag[] {
    const aliases = aliasesOfTags(
      this.#parts.database,
      tags.map(({ id }) => id),
    )
    return tags.map(({ id, name, uses }) => ({ name, uses, aliases: aliases.get(id) ?? [] }))
  }

  #tell(tags: readonly string[], message: string): void {
    if (tags.length === 0) return
    this.#parts.events.publish({ type: 'tags-changed', tags: [...new Set(tags)] }, message)
  }
}

/** Each name once, whichever way it was written first; names of nothing to see are no names. */
function distinct(names: readonly string[]): string[] {
  const byNormalized = new Map(names.toReversed().map((name) => [normalizeTagName(name), name]))
  byNormalized.delete('')
  return [...byNormalized.values()].toReversed()
}
