import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { placementSchema } from '../entities/engine.ts'
import {
  modelFilesSchema,
  presetDefaultsSchema,
  presetIdSchema,
  presetSchema,
  sideSchema,
} from '../entities/preset.ts'

export const listPresets = defineCapability({
  name: 'list_presets',
  title: 'List presets',
  description: 'Lists the models that can be used, with their settings.',
  input: z.strictObject({}),
  output: z.strictObject({ presets: z.array(presetSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/presets' },
})

export const savePreset = defineCapability({
  name: 'save_preset',
  title: 'Save a preset',
  description:
    'Adds a preset for model files on this machine, or changes one. Files must lie in a model folder.',
  input: z.strictObject({
    id: presetIdSchema,
    name: z.string().min(1).max(120),
    description: z.string().max(2000).default(''),
    files: modelFilesSchema,
    defaults: presetDefaultsSchema
      .partial()
      .default({})
      .describe('What is left out is chosen to suit the kind of model.'),
    placement: placementSchema.partial().default({}),
    max_side: sideSchema.optional(),
  }),
  output: presetSchema,
  errors: [
    'preset_read_only',
    'model_file_missing',
    'model_file_truncated',
    'model_file_invalid',
    'model_path_not_allowed',
  ],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/presets' },
})

export const deletePreset = defineCapability({
  name: 'delete_preset',
  title: 'Remove a preset',
  description: 'Removes a preset; its files and its pictures stay.',
  input: z.strictObject({ preset: presetIdSchema }),
  output: z.strictObject({ preset: presetIdSchema }),
  errors: ['preset_not_found', 'preset_read_only'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/presets/:preset' },
})

export const listModelFiles = defineCapability({
  name: 'list_model_files',
  title: 'List model files',
  description: 'Lists the model files in the model folders, for making presets of them.',
  input: z.strictObject({}),
  output: z.strictObject({
    folders: z.array(z.string()),
    files: z.array(z.strictObject({ path: z.string(), bytes: z.int() })),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/model-files' },
})
