/** What one kind of failure means to a caller: its HTTP status, whether trying again may help, and what a person can do. */
interface ErrorMeaning {
  /** HTTP status of a reply that carries this error. */
  readonly status: number
  /** True where the same call may succeed later without any change. */
  readonly retryable: boolean
  /** What happened, where the place that raised the error has nothing more exact to say. */
  readonly summary: string
  /** What a person can do about it, as one sentence. */
  readonly advice: string
}

/**
 * The one table of errors. Every failure that leaves a process of this product carries a code from here,
 * whether it travels by HTTP, by an event, in a database row or on a terminal.
 */
export const errorTable = {
  invalid_input: meaning(400, false, 'The request is not valid.', 'Correct the named fields and try again.'),
  invalid_json: meaning(
    400,
    false,
    'The body is not valid JSON.',
    'Send a JSON object with the content type application/json.',
  ),
  body_too_large: meaning(
    413,
    false,
    'The request is too large.',
    'Send a smaller picture or a shorter text.',
  ),
  unsupported_media_type: meaning(
    415,
    false,
    'Only JSON bodies are accepted.',
    'Send the content type application/json.',
  ),
  unauthorized: meaning(
    401,
    false,
    'This client is not signed in.',
    'Run "npx mysticanvas open" for a sign-in link, or send the bearer token.',
  ),
  forbidden_host: meaning(
    403,
    false,
    'The Host header names another machine.',
    'Use the address that MystiCanvas printed when it started.',
  ),
  forbidden_origin: meaning(
    403,
    false,
    'The request comes from another site.',
    'Open MystiCanvas at the address it printed and use it there.',
  ),
  rate_limited: meaning(429, true, 'Too many requests in a short time.', 'Wait a moment and try again.'),
  route_not_found: meaning(
    404,
    false,
    'There is nothing at this address.',
    'See /openapi.json for the addresses there are.',
  ),
  generation_not_found: meaning(
    404,
    false,
    'There is no such picture.',
    'Check the id; list_generations shows the pictures there are.',
  ),
  generation_not_cancellable: meaning(
    409,
    false,
    'This picture is already finished.',
    'Nothing needs to be cancelled.',
  ),
  generation_not_finished: meaning(
    409,
    true,
    'This picture is still being made.',
    'Cancel it first, or wait until it is finished.',
  ),
  picture_not_found: meaning(
    404,
    false,
    'This picture has no such file.',
    'Wait until it is completed, or run "npx mysticanvas doctor".',
  ),
  preset_not_found: meaning(404, false, 'There is no such preset.', 'Choose one that list_presets shows.'),
  preset_read_only: meaning(
    409,
    false,
    'Built-in presets cannot be changed.',
    'Save a preset of your own under another name.',
  ),
  source_picture_not_found: meaning(
    404,
    false,
    'The source picture is not there.',
    'Upload it again or choose another picture.',
  ),
  unsupported_by_engine: meaning(
    422,
    false,
    'The image engine cannot do this.',
    'Leave out what is named, or choose a preset whose engine can.',
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
  picture_format_not_allowed: meaning(
    415,
    false,
    'This kind of file is not accepted.',
    'Use a PNG, JPEG or WebP picture.',
  ),
  picture_unreadable: meaning(
    422,
    false,
    'The file is not a readable picture.',
    'Use a PNG, JPEG or WebP picture.',
  ),
  picture_too_large: meaning(
    413,
    false,
    'The picture has too many pixels.',
    'Use a picture of at most 4096 pixels a side.',
  ),
  blank_image: meaning(
    502,
    true,
    'The engine made a blank picture, so it was not kept.',
    'Try another seed, sampler or size.',
  ),
  engine_failed: meaning(
    502,
    true,
    'The image engine failed.',
    'Try again; if it stays, run "npx mysticanvas doctor".',
  ),
  engine_hung: meaning(
    504,
    true,
    'The image engine stopped responding and was replaced.',
    'Try again, perhaps with a smaller size.',
  ),
  worker_unavailable: meaning(
    503,
    true,
    'The image worker is not available.',
    'It is being started again; wait a moment and retry.',
  ),
  worker_failed: meaning(
    503,
    false,
    'The image worker keeps failing and was given up.',
    'Look at its last words on the System page, mend the cause and start again.',
  ),
  worker_unauthenticated: meaning(
    401,
    false,
    'The worker got no token.',
    'Only the orchestrator talks to workers.',
  ),
  worker_forbidden: meaning(
    403,
    false,
    'The worker got a wrong token.',
    'Only the orchestrator talks to workers.',
  ),
  worker_busy: meaning(409, true, 'The worker is at work on another picture.', 'Wait until it is finished.'),
  interrupted: meaning(
    500,
    true,
    'MystiCanvas was stopped twice while this picture was being made.',
    'Start the picture again.',
  ),
  cancelled: meaning(409, false, 'The picture was cancelled.', 'Start it again if you want it after all.'),
  queue_full: meaning(
    429,
    true,
    'The queue is full.',
    'Wait until some pictures are finished, or cancel some.',
  ),
  disk_full: meaning(
    507,
    true,
    'The disk is full.',
    'Free some space on the disk of the data folder; waiting pictures go on then.',
  ),
  data_folder_read_only: meaning(
    500,
    false,
    'The data folder cannot be written.',
    'Correct its permissions, or name another with MYSTICANVAS_DATA.',
  ),
  data_folder_in_use: meaning(
    409,
    false,
    'Another MystiCanvas is running on this data folder.',
    'Use that one, stop it first, or name another folder with MYSTICANVAS_DATA.',
  ),
  port_in_use: meaning(
    409,
    false,
    'The port is taken by another program.',
    'Stop that program, or choose another port with --port.',
  ),
  invalid_config: meaning(
    500,
    false,
    'The configuration is not valid.',
    'Correct the named fields of config.json.',
  ),
  database_newer: meaning(
    500,
    false,
    'The database was written by a newer version of MystiCanvas.',
    'Update MystiCanvas; the file was left as it is.',
  ),
  database_damaged: meaning(
    500,
    false,
    'The database is damaged.',
    'Restore a backup from the "backups" folder of the data folder; the file was left as it is.',
  ),
  migration_failed: meaning(
    500,
    false,
    'The database could not be updated.',
    'It was left as it was; a backup lies in the "backups" folder.',
  ),
  shutting_down: meaning(503, true, 'MystiCanvas is stopping.', 'Start it again and retry.'),
  not_running: meaning(
    503,
    false,
    'MystiCanvas is not running on this data folder.',
    'Start it with "npm start".',
  ),
  output_not_writable: meaning(
    400,
    false,
    'The picture cannot be written there.',
    'Name a file in a folder that exists and that you may write to.',
  ),
  recipe_not_found: meaning(
    422,
    false,
    'The picture carries no recipe.',
    'Use a picture that MystiCanvas or another tool saved with its parameters.',
  ),
  internal_error: meaning(
    500,
    true,
    'Something went wrong inside MystiCanvas.',
    'Try again; if it stays, report it with the request id.',
  ),
} as const satisfies Record<string, ErrorMeaning>

/** A code from the table of errors. */
export type ErrorCode = keyof typeof errorTable

function meaning(status: number, retryable: boolean, summary: string, advice: string): ErrorMeaning {
  return { status, retryable, summary, advice }
}
