import type { CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { AgentConfiguration } from '../../contracts/entities/agent-configuration.ts'
import type { ReadableDatabase } from '../storage/connection.ts'
import { listEvents } from '../storage/events.ts'
import type { ToolCallLog } from './agents/tool-call-log.ts'
import type { AnalysisService } from './analysis/analysis-service.ts'
import type { EnhanceService } from './enhance/enhance-service.ts'
import type { CollectionService } from './collections/collection-service.ts'
import type { ConversationService } from './conversations/conversation-service.ts'
import type { BulkService } from './generation/bulk-service.ts'
import type { GenerationService } from './generation/generation-service.ts'
import type { GenerationViews } from './generation/generation-views.ts'
import { readLineage } from './generation/read-lineage.ts'
import type { Handlers } from './invoke.ts'
import type { JobService } from './jobs/job-service.ts'
import type { SourcePictures } from './pictures/source-pictures.ts'
import { listModelFilesIn } from './presets/model-folders.ts'
import type { PresetLibrary } from './presets/preset-library.ts'
import type { SearchService } from './search/search-service.ts'
import type { StylePreviews } from './styles/style-previews.ts'
import type { StyleService } from './styles/style-service.ts'
import type { StyleTransfer } from './styles/style-transfer.ts'
import type { TagService } from './tags/tag-service.ts'
import type { ExportService } from './transfer/export-service.ts'
import type { ImportService } from './transfer/import-service.ts'
import { readRecipeOf } from './transfer/read-recipe.ts'

interface HandlerParts {
  readonly database: ReadableDatabase
  readonly generations: GenerationService
  readonly bulk: BulkService
  readonly search: SearchService
  readonly tags: TagService
  readonly collections: CollectionService
  readonly views: GenerationViews
  readonly styles: StyleService
  readonly styleTransfer: StyleTransfer
  readonly previews: StylePreviews
  readonly conversations: ConversationService
  readonly jobs: JobService
  readonly analysis: AnalysisService
  readonly enhance: EnhanceService
  readonly presets: PresetLibrary
  readonly sources: SourcePictures
  readonly imports: ImportService
  readonly exports: ExportService
  readonly modelFolders: readonly string[]
  readonly readStatus: () => Promise<CapabilityOutput<'get_system_status'>>
  readonly restartWorker: () => Promise<void>
  readonly toolCalls: ToolCallLog
  readonly agentConfigurations: readonly AgentConfiguration[]
}

/** Each capability and the part of the product that does it. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { database, generations, bulk, search, tags, collections, jobs, presets, sources, imports } = parts
  const { modelFolders, readStatus, styles, styleTransfer, previews, toolCalls, conversations } = parts
  return {
    generate: (input, call) => generations.generate(input, call),
    get_generation: (input, call) => generations.look(input, call),
    get_lineage: (input) => readLineage(parts, input),
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
    restore_tags: (input) => tags.restore(input),
    rename_tag: (input) => tags.rename(input),
    merge_tags: (input) => tags.merge(input),
    save_tag_alias: (input) => tags.saveAlias(input),
    delete_tag_alias: (input) => tags.deleteAlias(input),
    list_collections: (input) => collections.list(input),
    create_collection: (input) => collections.create(input),
    rename_collection: (input) => collections.rename(input),
    delete_collection: (input) => collections.delete(input),
    add_to_collection: (input) => collections.add(input),
    remove_from_collection: (input) => collections.remove(input),
    analyze_image: (input, call) => parts.analysis.analyze(input, call),
    enhance_prompt: (input) => parts.enhance.enhance(input),
    get_styles: (input) => styles.list(input),
    apply_style: (input, call) => styles.apply(input, call),
    save_style: (input) => styles.save(input),
    duplicate_style: ({ style }) => styles.duplicate(style),
    delete_style: ({ style }) => styles.delete(style),
    restore_style: ({ style }) => styles.restore(style),
    make_style_previews: (input) => previews.make(input),
    import_styles: (input) => styleTransfer.import(input),
    export_styles: (input) => styleTransfer.export(input),
    list_conversations: (input) => conversations.list(input),
    get_conversation: ({ conversation }) => conversations.get(conversation),
    rename_conversation: (input) => conversations.rename(input),
    delete_conversation: ({ conversation }) => conversations.delete(conversation),
    restore_conversation: ({ conversation }) => conversations.restore(conversation),
    export_conversation: (input) => conversations.export(input),
    list_jobs: (input) => jobs.list(input),
    retry_job: ({ job }) => jobs.retry(job),
    cancel_job: ({ job }) => jobs.cancel(job),
    upload_picture: async ({ data_base64 }) => {
      const { sha256, width, height } = await sources.upload(Buffer.from(data_base64, 'base64'))
      return { init_image: sha256, width, height, url: `/api/uploads/${sha256}` }
    },
    read_recipe: async ({ data_base64 }) =>
      readRecipeOf(Buffer.from(data_base64, 'base64'), await presets.list()),
    open_import: () => imports.open(),
    start_import: (input) => imports.start(input),
    get_import: (input) => imports.get(input.import),
    list_imports: (input) => imports.list(input),
    list_import_problems: (input) => imports.problems(input),
    cancel_import: (input) => imports.cancel(input.import),
    prepare_export: (input) => parts.exports.prepare(input),
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
