import { useQueryClient } from '@tanstack/vue-query'
import type { Collection } from '../../contracts/entities/collection.ts'
import { keys } from '../api/keys.ts'
import { useSession } from '../api/session.ts'
import { usePictureChanges, type Change } from './use-picture-changes.ts'

/**
 * Puts pictures into collections and takes them out, with a way back.
 *
 * @param options.quiet true where the place shows the way back itself
 */
export function useCollectionChanges(options: { quiet?: boolean } = {}) {
  const { invoke } = useSession()
  const client = useQueryClient()
  const { change } = usePictureChanges(options)

  async function move(
    collection: number,
    generations: string[],
    name: 'add_to_collection' | 'remove_from_collection',
  ): Promise<Change> {
    const { generations: changed } = await invoke(name, { collection, generations })
    const back = name === 'add_to_collection' ? 'remove_from_collection' : 'add_to_collection'
    await client.invalidateQueries({ queryKey: keys.collections })
    return { changed, takeBack: () => invoke(back, { collection, generations: changed }) }
  }

  return {
    put: (ids: readonly string[], { id, name }: Collection) =>
      change(ids, { ...words, done: `were put into "${name}"` }, (portion) =>
        move(id, portion, 'add_to_collection'),
      ),
    takeOut: (ids: readonly string[], { id, name }: Collection) =>
      change(ids, { ...words, done: `were taken out of "${name}"` }, (portion) =>
        move(id, portion, 'remove_from_collection'),
      ),
  }
}

const words = { icon: 'i-lucide-library', failed: 'The collection was not changed.' }
