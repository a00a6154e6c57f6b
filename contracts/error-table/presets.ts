import { meaning } from './meaning.ts'

/** Failures about presets and the files of their models. */
export const presetErrors = {
  preset_not_found: meaning(404, false, 'There is no such preset.', 'Choose one that list_presets shows.'),
  preset_read_only: meaning(
    409,
    false,
    'Built-in presets cannot be changed.',
    'Save a preset of your own under another name.',
  ),
  unsupported_by_engine: meaning(
    422,
    false,
    'The image engine cannot do this.',
    'Leave out what is named, or choose a preset whose engine can.',
  ),
  control_net_missing: meaning(
    422,
    false,
    'This preset has no ControlNet.',
    'Add one to the preset, choose another preset, or leave out the control picture.',
  ),
  model_file_missing: meaning(
    409,
    false,
    'A model file of this preset is gone.',
    'Put the file back, or change the preset.',
  ),
  model_file_truncated: meaning(
    422,
    false,
    'A model file is incomplete.',
    'Download or copy the file again.',
  ),
  model_file_invalid: meaning(
    422,
    false,
    'This file is not a model that can be used.',
    'Use a .safetensors or .gguf file.',
  ),
  model_path_not_allowed: meaning(
    403,
    false,
    'The file lies outside the model folders.',
    'Move it into a model folder, or add its folder to "model_folders" in config.json.',
  ),
  model_unpack_failed: meaning(
    500,
    true,
    'The built-in model could not be unpacked.',
    'Check the free disk space and start again.',
  ),
}
