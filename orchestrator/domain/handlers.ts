import type { CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { AgentConfiguration } from '../../contracts/entities/agent-configuration.ts'
import { ProductError } from '../../contracts/errors.ts'
import type { ReadableDatabase } from '../storage/connection.ts'
import { listEvents } from '../storage/events.ts'
import { readPngRecipe } from '../storage/png-recipe.ts'
import type { ToolCallLog } from './agents/tool-call-log.ts'
import type { BulkService } from './generation/bulk-service.ts'
import type { GenerationService } from './generation/generation-service.ts'
import type { Handlers } from './invoke.ts'
import type { JobService } from './jobs/job-service.ts'
import type { SourcePictures } from './pictures/source-pictures.ts'
import { listModelFilesIn } from './presets/model-folders.ts'
import type { PresetLibrary } from './presets/preset-library.ts'
import type { SearchService } from './search/search-service.ts'
import type { TagService } from './tags/tag-service.ts'

interface HandlerParts {
  readonly database: ReadableDatabase
  readonly generations: GenerationService
  readonly bulk: BulkService
  readonly search: SearchService
  readonly tags: TagService
  readonly jobs: JobService
  readonly presets: PresetLibrary
  readonly sources: SourcePictures
  readonly modelFolders: readonly string[]
  readonly readStatus: () => Promise<CapabilityOutput<'get_system_status'>>
  readonly restartWorker: () => Promise<void>
  readonly toolCalls: ToolCallLog
  readonly agentConfigurations: readonly AgentConfiguration[]
}

/** Each capability and the part of the product that does it. */
export function createHandlers(parts: HandlerParts): Handlers {
  const {
    database,
    generations,
    bulk,
    search,
    tags,
    jobs,
    presets,
    sources,
    modelFolders,
    readStatus,
    toolCalls,
  } = parts
  return {
    generate: (input, call) => generations.generate(input, call),
    get_generation: (input, call) => generations.look(input, call),
    list_generations: (query) => generations.list(query),
    cancel_generation: ({ generation }, call) => generations.cancel(generation, call),
    delete_generation: ({ generation }) => generations.delete(generation),
    restore_generation: ({ generation }) => generations.restore(generation),
    rate_generations: (input) => bulk.rate(input),
    delete_generations: (input) => bulk.delete(input),
    restore_generations: (input) => bulk.restore(input),
    search_history: (input) => search.search(input),
    get_search_facets: (input) => search.facets(input),
    get_timeline: () => search.timeline(),
    list_tags: (input) => tags.list(input),
    edit_tags: (input) => tags.edit(input),
    rename_tag: (input) => tags.rename(input),
    merge_tags: (input) => tags.merge(input),
    save_tag_alias: (input) => tags.saveAlias(input),
    delete_tag_alias: (input) => tags.deleteAlias(input),
    list_jobs: (input) => jobs.list(input),
    retry_job: ({ job }) => jobs.retry(job),
    cancel_job: ({ job }) => jobs.cancel(job),
    upload_picture: async ({ data_base64 }) => {
      const { sha256, width, height } = await sources.upload(Buffer.from(data_base64, 'base64'))
      return { init_image: sha256, width, height, url: `/api/uploads/${sha256}` }
    },
    read_recipe: ({ data_base64 }) => {
      const found = readPngRecipe(Buffer.from(data_base64, 'base64'))
      if (found.recipe === null && found.parameters === null) throw new ProductError('recipe_not_found')
      return found
    },
    list_presets: async () => ({ presets: await presets.list() }),
    save_preset: (input) => presets.save(input),
    delete_preset: ({ preset }) => {
      presets.delete(preset)
      return { preset }
    },
    list_model_files: async () => ({
      folders: [...modelFolders],
      files: await listModelFilesIn(modelFolders),
    }),
    get_system_status: readStatus,
    list_events: ({ before, limit, request_id }) => ({
      events: listEvents(database, { before: before ?? null, limit, requestId: request_id ?? null }),
    }),
    list_tool_calls: (input) => toolCalls.list(input),
    get_agent_configurations: () => ({ configurations: [...parts.agentConfigurations] }),
    restart_worker: async () => {
      await parts.restartWorker()
      return readStatus()
    },
  }
}
