import { z } from 'zod'

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
  search_unavailable: meaning(
    503,
    true,
    'Search stopped over this query.',
    'Try again, perhaps with fewer words.',
  ),
  tag_not_found: meaning(404, false, 'There is no such tag.', 'Choose one that list_tags shows.'),
  tag_name_taken: meaning(
    409,
    false,
    'Another tag has this name.',
    'Choose another name, or merge the two tags.',
  ),
  job_not_found: meaning(
    404,
    false,
    'There is no such job.',
    'It may have been tidied away; list_jobs shows the jobs there are.',
  ),
  job_not_retryable: meaning(
    409,
    false,
    'This job cannot be tried again.',
    'Only jobs that failed or were cancelled can, while their picture is there.',
  ),
  job_not_cancellable: meaning(
    409,
    false,
    'This job cannot be cancelled.',
    'Only waiting jobs and pictures in the making can.',
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

/** Every code of the table, as a schema. */
export const errorCodeSchema = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])

/** One failure as people and programs see it: the code, a sentence or two, and what the code alone cannot say. */
export const errorBodySchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string().describe('What happened and what to do about it, for a person.'),
  details: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Facts for programs, such as the fields that are wrong.'),
  request_id: z.string().nullable().default(null).describe('Names the request in logs and events.'),
})

/** One failure as people and programs see it. */
export type ErrorBody = z.output<typeof errorBodySchema>

/** The one shape of an error reply, from the orchestrator and from every worker. */
export const errorReplySchema = z.strictObject({ error: errorBodySchema })

/**
 * A failure that was foreseen: it has a code from the table, and its message may be shown to a person.
 * Anything else that is thrown is a bug and is reported as `internal_error`.
 */
export class ProductError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  /** The request it happened in, where that was another process's request. */
  requestId: string | null = null

  /**
   * @param code the code from the table
   * @param summary what happened, more exactly than the table says; a whole sentence
   * @param options facts for programs, and the error behind this one
   */
  constructor(
    code: ErrorCode,
    summary?: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(`${summary ?? errorTable[code].summary} ${errorTable[code].advice}`, { cause: options.cause })
    this.name = 'ProductError'
    this.code = code
    this.details = options.details ?? {}
  }
}

/** Turns whatever was thrown into the one error shape; the text of an unforeseen error stays out of it. */
export function toErrorBody(thrown: unknown, requestId: string | null): ErrorBody {
  const error = thrown instanceof ProductError ? thrown : new ProductError('internal_error')
  return {
    code: error.code,
    message: error.message,
    details: error.details,
    request_id: error.requestId ?? requestId,
  }
}

/** Rebuilds a failure from its wire form, so that it can be thrown on this side of a process boundary. */
export function fromErrorBody(body: ErrorBody): ProductError {
  const error = new ProductError(body.code, undefined, { details: body.details })
  error.message = body.message
  error.requestId = body.request_id
  return error
}

function meaning(status: number, retryable: boolean, summary: string, advice: string): ErrorMeaning {
  return { status, retryable, summary, advice }
}
