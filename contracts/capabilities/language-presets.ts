import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import {
  apiKeySchema,
  languagePresetSchema,
  languageSettingsSchema,
  remoteUrlSchema,
} from '../entities/language-preset.ts'
import { presetIdSchema } from '../entities/preset.ts'

const presetInput = z.strictObject({ preset: presetIdSchema })
const fileErrors = [
  'model_file_missing',
  'model_file_truncated',
  'model_file_invalid',
  'model_path_not_allowed',
] as const

export const listLanguagePresets = defineCapability({
  name: 'list_language_presets',
  title: 'List language models',
  description: 'Lists the language models the assistant can use, with their settings.',
  input: z.strictObject({}),
  output: z.strictObject({ presets: z.array(languagePresetSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/language-presets' },
})

export const saveLanguagePreset = defineCapability({
  name: 'save_language_preset',
  title: 'Save a language model',
  description:
    'Adds a language model from a GGUF file in a model folder or from an address that is compatible with OpenAI, or changes one.',
  input: z.strictObject({
    id: presetIdSchema,
    name: z.string().trim().min(1).max(120),
    source: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('gguf'), file: z.string().min(1).max(4096) }),
      z.strictObject({
        kind: z.literal('remote'),
        url: remoteUrlSchema,
        model: z.string().trim().min(1).max(200).describe('The name the server has for the model.'),
        api_key: apiKeySchema.nullish().describe('Left out keeps the one there is; null removes it.'),
      }),
    ]),
    ...languageSettingsSchema.shape,
  }),
  output: languagePresetSchema,
  errors: ['preset_read_only', 'language_url_not_allowed', ...fileErrors],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/language-presets' },
})

export const deleteLanguagePreset = defineCapability({
  name: 'delete_language_preset',
  title: 'Remove a language model',
  description: 'Removes a language model from the list; its file stays. The built-in one takes its place.',
  input: presetInput,
  output: presetInput,
  errors: ['preset_not_found', 'preset_read_only'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/language-presets/:preset' },
})

export const chooseLanguagePreset = defineCapability({
  name: 'choose_language_preset',
  title: 'Use a language model',
  description: 'Has the assistant use this language model from its next answer on.',
  input: presetInput,
  output: languagePresetSchema,
  errors: ['preset_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/language-presets/:preset/choose' },
})

export const checkLanguagePreset = defineCapability({
  name: 'check_language_preset',
  title: 'Try a language model',
  description: 'Has a language model say a few words, to see whether it can be used.',
  input: presetInput,
  output: z.strictObject({
    preset: presetIdSchema,
    text: z.string().describe('What it said.'),
    milliseconds: z.int().describe('How long that took, loading included.'),
  }),
  errors: [
    'preset_not_found',
    'language_endpoint_unreachable',
    'language_endpoint_refused',
    'language_endpoint_foreign',
    'language_model_incapable',
    'language_engine_failed',
    'worker_unavailable',
    'worker_failed',
    ...fileErrors,
  ],
  effect: 'compute',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/language-presets/:preset/check' },
})
