import type { InfiniteData, QueryClient } from '@tanstack/vue-query'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { GenerationPage } from './generation-pages.ts'
import { keys } from './keys.ts'

/** A picture as one of the loaded lists has it; undefined where none does. */
export function findListed(client: QueryClient, id: string): Generation | undefined {
  return [keys.gallery, keys.found, keys.collectionPages, keys.bin]
    .flatMap((queryKey) => client.getQueriesData<InfiniteData<GenerationPage>>({ queryKey }))
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap(({ generations }) => generations)
    .find((generation) => generation.id === id)
}
