import type { z } from 'zod'
import type { Capability } from '../capability.ts'
import { getAgentConfigurations, listToolCalls } from './agents.ts'
import { deleteGenerations, rateGenerations, restoreGenerations } from './bulk.ts'
import {
  cancelGeneration,
  deleteGeneration,
  generate,
  getGeneration,
  getLineage,
  listGenerations,
  restoreGeneration,
} from './generation.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  listCollections,
  removeFromCollection,
  renameCollection,
} from './collections.ts'
import {
  deleteConversation,
  exportConversation,
  getConversation,
  listConversations,
  renameConversation,
  restoreConversation,
} from './conversations.ts'
import { prepareExport } from './exports.ts'
import {
  cancelImport,
  getImport,
  listImportProblems,
  listImports,
  openImport,
  startImport,
} from './imports.ts'
import { cancelJob, listJobs, retryJob } from './jobs.ts'
import { readRecipe, uploadPicture } from './pictures.ts'
import {
  checkLanguagePreset,
  chooseLanguagePreset,
  deleteLanguagePreset,
  listLanguagePresets,
  saveLanguagePreset,
} from './language-presets.ts'
import { deletePreset, listModelFiles, listPresets, savePreset } from './presets.ts'
import { enhancePrompt } from './prompts.ts'
import { getSearchFacets, getTimeline, searchHistory } from './search.ts'
import { exportStyles, importStyles } from './style-files.ts'
import {
  applyStyle,
  deleteStyle,
  duplicateStyle,
  getStyles,
  makeStylePreviews,
  restoreStyle,
  saveStyle,
} from './styles.ts'
import { getSystemStatus, listEvents, restartWorker } from './system.ts'
import {
  deleteTagAlias,
  editTags,
  listTags,
  mergeTags,
  renameTag,
  restoreTags,
  saveTagAlias,
} from './tags.ts'
import { getTrace } from './trace.ts'
import { analyzeImage } from './vision.ts'

/** Everything the product can do. Routes, OpenAPI and clients are projections of this one list. */
export const capabilities = {
  generate,
  get_generation: getGeneration,
  get_lineage: getLineage,
  list_generations: listGenerations,
  cancel_generation: cancelGeneration,
  delete_generation: deleteGeneration,
  restore_generation: restoreGeneration,
  rate_generations: rateGenerations,
  delete_generations: deleteGenerations,
  restore_generations: restoreGenerations,
  search_history: searchHistory,
  get_search_facets: getSearchFacets,
  get_timeline: getTimeline,
  list_tags: listTags,
  edit_tags: editTags,
  restore_tags: restoreTags,
  rename_tag: renameTag,
  merge_tags: mergeTags,
  save_tag_alias: saveTagAlias,
  delete_tag_alias: deleteTagAlias,
  list_collections: listCollections,
  create_collection: createCollection,
  rename_collection: renameCollection,
  delete_collection: deleteCollection,
  add_to_collection: addToCollection,
  remove_from_collection: removeFromCollection,
  get_styles: getStyles,
  apply_style: applyStyle,
  save_style: saveStyle,
  duplicate_style: duplicateStyle,
  delete_style: deleteStyle,
  restore_style: restoreStyle,
  make_style_previews: makeStylePreviews,
  import_styles: importStyles,
  export_styles: exportStyles,
  upload_picture: uploadPicture,
  read_recipe: readRecipe,
  open_import: openImport,
  start_import: startImport,
  get_import: getImport,
  list_imports: listImports,
  list_import_problems: listImportProblems,
  cancel_import: cancelImport,
  prepare_export: prepareExport,
  list_presets: listPresets,
  save_preset: savePreset,
  delete_preset: deletePreset,
  list_model_files: listModelFiles,
  list_language_presets: listLanguagePresets,
  save_language_preset: saveLanguagePreset,
  delete_language_preset: deleteLanguagePreset,
  choose_language_preset: chooseLanguagePreset,
  check_language_preset: checkLanguagePreset,
  analyze_image: analyzeImage,
  enhance_prompt: enhancePrompt,
  list_conversations: listConversations,
  get_conversation: getConversation,
  rename_conversation: renameConversation,
  delete_conversation: deleteConversation,
  restore_conversation: restoreConversation,
  export_conversation: exportConversation,
  list_jobs: listJobs,
  retry_job: retryJob,
  cancel_job: cancelJob,
  get_system_status: getSystemStatus,
  list_events: listEvents,
  restart_worker: restartWorker,
  get_trace: getTrace,
  list_tool_calls: listToolCalls,
  get_agent_configurations: getAgentConfigurations,
} as const satisfies { readonly [Name in string]: Capability<Name> }

export type Capabilities = typeof capabilities
export type CapabilityName = keyof Capabilities

/** What a caller gives: fields with defaults may be left out. */
export type CapabilityInput<Name extends CapabilityName> = z.input<Capabilities[Name]['input']>

/** What a handler receives: checked, with defaults filled in. */
export type CheckedInput<Name extends CapabilityName> = z.output<Capabilities[Name]['input']>

/** What a caller receives. */
export type CapabilityOutput<Name extends CapabilityName> = z.output<Capabilities[Name]['output']>

/** What a call needs of an `AbortSignal`; browsers and Node.js each have their own type of one. */
export interface EndOfCall {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void
}

/** What a caller says beside the input. */
export interface Call {
  /**
   * Who calls. Idempotency keys and the picture named `last` belong to one client; `local` is the person at this
   * machine, be it in the browser or on the command line.
   */
  readonly client: string
  /** Ends a wait early; what is being made goes on. */
  readonly signal?: EndOfCall | undefined
  /** Told the ids of the pictures that are waited for, as the wait begins. */
  readonly onWait?: ((generations: readonly string[]) => void) | undefined
}

/** Calls a capability by name. Every surface is built on a function of this shape. */
export type Invoke = <Name extends CapabilityName>(
  name: Name,
  input: CapabilityInput<Name>,
  call?: Call,
) => Promise<CapabilityOutput<Name>>
