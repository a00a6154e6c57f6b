import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Collection } from '../../../contracts/entities/collection.ts'
import { ProductError } from '../../../contracts/errors.ts'
import {
  addCollectionMember,
  collectionsOf,
  deleteCollection,
  getCollection,
  insertCollection,
  listCollections,
  removeCollectionMember,
  renameCollection,
  type CollectionRow,
} from '../../storage/collections.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { normalizeTagName } from '../../storage/tag-name.ts'
import { currentRequestId } from '../../foundation/request-context.ts'
import type { EventBus } from '../event-bus.ts'
import { requireAll } from '../generation/bulk.ts'
import { enqueueEmptyCollection } from './empty-collection-job.ts'

interface CollectionParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  /** Told when a deleted collection is to be emptied. */
  readonly onDeleted: () => void
}

/** What people do with collections: make and name them, put pictures in and take them out. */
export class CollectionService {
  readonly #parts: CollectionParts

  constructor(parts: CollectionParts) {
    this.#parts = parts
  }

  list({ generation }: CheckedInput<'list_collections'>): CapabilityOutput<'list_collections'> {
    const { database } = this.#parts
    const rows =
      generation === undefined ? listCollections(database) : collectionsOf(database, Number(generation))
    return { collections: rows.map(toCollection) }
  }

  /** @throws ProductError `collection_name_taken`, or `generation_not_found`; then there is no new collection */
  create({ name, generations = [] }: CheckedInput<'create_collection'>): Collection {
    const { database } = this.#parts
    requireVisible(name)
    const id = transaction(database, () => {
      const made = insertCollection(database, name, Date.now())
      if (made === null) throw new ProductError('collection_name_taken')
      this.#put(made, generations)
      return made
    })
    return this.#tell(id, (collection) => `The collection "${collection}" was made.`)
  }

  rename({ collection: id, name }: CheckedInput<'rename_collection'>): Collection {
    const { database } = this.#parts
    requireVisible(name)
    const before = this.#require(id)
    if (!renameCollection(database, id, name)) throw new ProductError('collection_name_taken')
    return this.#tell(id, (now) => `The collection "${before.name}" is called "${now}" now.`)
  }

  delete({ collection: id }: CheckedInput<'delete_collection'>): Collection {
    const { database, events, onDeleted } = this.#parts
    const gone = toCollection(this.#require(id))
    transaction(database, () => {
      deleteCollection(database, id, Date.now())
      enqueueEmptyCollection(database, id, currentRequestId() ?? 'collections')
    })
    onDeleted()
    events.publish(
      { type: 'collections-changed', collections: [id] },
      `The collection "${gone.name}" was deleted; its pictures stay.`,
    )
    return gone
  }

  /** @throws ProductError `generation_not_found` where one picture is not there; then nothing changes */
  add({ collection, generations }: CheckedInput<'add_to_collection'>): CapabilityOutput<'add_to_collection'> {
    const { database } = this.#parts
    this.#require(collection)
    return this.#changed(
      collection,
      transaction(database, () => this.#put(collection, generations)),
    )
  }

  remove(input: CheckedInput<'remove_from_collection'>): CapabilityOutput<'remove_from_collection'> {
    const { collection, generations } = input
    const { database } = this.#parts
    this.#require(collection)
    const taken = transaction(database, () =>
      distinct(generations).filter((id) => removeCollectionMember(database, collection, id)),
    )
    return this.#changed(collection, taken)
  }

  #put(collection: number, generations: readonly string[]): number[] {
    const { database } = this.#parts
    const ids = distinct(generations)
    requireAll(database, ids)
    return ids.filter((id) => addCollectionMember(database, collection, id, Date.now()))
  }

  #changed(id: number, generations: readonly number[]): CapabilityOutput<'add_to_collection'> {
    const collection =
      generations.length === 0
        ? toCollection(this.#require(id))
        : this.#tell(id, (name) => `The pictures of the collection "${name}" changed.`)
    return { collection, generations: generations.map(String) }
  }

  #tell(id: number, message: (name: string) => string): Collection {
    const collection = toCollection(this.#require(id))
    this.#parts.events.publish({ type: 'collections-changed', collections: [id] }, message(collection.name))
    return collection
  }

  #require(id: number): CollectionRow {
    const row = getCollection(this.#parts.database, id)
    if (row === null) throw new ProductError('collection_not_found')
    return row
  }
}

/** A name may be of signs alone that cannot be seen. */
function requireVisible(name: string): void {
  if (normalizeTagName(name) !== '') return
  const message = 'A collection needs a name.'
  throw new ProductError('invalid_input', `name: ${message}`, {
    details: { fields: [{ field: 'name', message }] },
  })
}

function distinct(generations: readonly string[]): number[] {
  return [...new Set(generations.map(Number))]
}

function toCollection({ id, name, pictures, cover, created_at }: CollectionRow): Collection {
  return {
    id,
    name,
    pictures,
    cover: cover === null ? null : String(cover),
    created_at: new Date(created_at).toISOString(),
  }
}
