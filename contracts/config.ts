import { z } from 'zod'
import { engineChoiceSchema } from './entities/engine.ts'

/** What a person may set in `config.json` of the data folder. Every field has a default; unknown keys are errors. */
export const configSchema = z.strictObject({
  port: z.int().min(0).max(65_535).default(7801).describe('Port of the web interface; 0 takes any free one.'),
  host: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. Anything but loopback prints a warning.'),
  allowed_hosts: z
    .array(z.string())
    .default([])
    .describe('Further Host names to answer to, where `host` is not loopback.'),
  log_level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The least important lines that are written to the log.'),
  ipc: z
    .enum(['tcp', 'pipe'])
    .default('tcp')
    .describe('How workers are reached: a loopback port, or a pipe only this user can open.'),
  model_folders: z
    .array(z.string())
    .default([])
    .describe('Folders with model files, beside `models` in the data folder.'),
  queue_limit: z.int().min(1).max(10_000).default(500).describe('How many pictures may wait.'),
  agents: z
    .strictObject({
      requests_per_minute: z
        .int()
        .min(1)
        .default(1200)
        .describe('HTTP requests at /mcp that all agents together may make in a minute.'),
      calls_per_minute: z.int().min(1).default(120).describe('Tool calls one agent may make in a minute.'),
      images_per_hour: z
        .int()
        .min(1)
        .default(60)
        .describe('Pictures one agent may ask for in an hour, also those that fail or are cancelled.'),
      queued_images: z
        .int()
        .min(1)
        .default(8)
        .describe('Pictures of one agent that may wait or be in the making at a time.'),
      waits_at_once: z
        .int()
        .min(1)
        .default(4)
        .describe('Calls in which one agent may wait for pictures at a time.'),
      identical_calls_per_minute: z
        .int()
        .min(1)
        .default(3)
        .describe('How often one agent may make the same call with the same arguments in a minute.'),
      result_bytes: z
        .int()
        .min(8192)
        .default(61_440)
        .describe('The largest result of a tool, with its previews, in bytes of JSON.'),
    })
    .prefault({})
    .describe('What agents may do. An agent is told apart by the name it gives itself.'),
  assistant: z
    .strictObject({
      tool_calls_per_turn: z
        .int()
        .min(0)
        .max(100)
        .default(6)
        .describe('Tool calls the assistant may make for one message of yours.'),
      images_per_turn: z
        .int()
        .min(0)
        .max(100)
        .default(4)
        .describe('Pictures the assistant may make for one message.'),
      turn_seconds: z
        .number()
        .min(0.1)
        .max(86_400)
        .default(900)
        .describe('How long it may work on one message. Pictures that were begun go on after that.'),
      output_tokens_per_turn: z
        .int()
        .min(16)
        .default(4096)
        .describe('Tokens the language model may write for one message.'),
      tool_result_tokens: z
        .int()
        .min(32)
        .default(600)
        .describe('How much of the result of one tool the language model is told, in tokens.'),
    })
    .prefault({})
    .describe('What the assistant may do in one turn, which is what follows one message.'),
  image_worker: z
    .strictObject({
      engine: engineChoiceSchema
        .default('auto')
        .describe(
          'What makes pictures; `auto` takes an sd-server where one is found, else the embedded engine.',
        ),
      sd_server_path: z
        .string()
        .nullable()
        .default(null)
        .describe('Where the program sd-server lies; null looks for it, see docs/models.md.'),
      threads: z
        .int()
        .min(0)
        .max(256)
        .default(0)
        .describe('Threads of the engine; 0 takes what the machine has.'),
      heartbeat_timeout_ms: z
        .int()
        .min(500)
        .default(10_000)
        .describe('An engine that gives no sign of life for so long is replaced.'),
      stall_timeout_ms: z
        .int()
        .min(1000)
        .default(600_000)
        .describe('An engine that makes no progress for so long is replaced.'),
      health_interval_ms: z
        .int()
        .min(100)
        .default(2000)
        .describe('How often the worker is asked for its health.'),
      health_timeout_ms: z.int().min(100).default(5000).describe('How long it may take to answer.'),
      start_timeout_ms: z.int().min(500).default(30_000).describe('How long it may take to start.'),
    })
    .prefault({}),
  language_worker: z
    .strictObject({
      health_interval_ms: z
        .int()
        .min(100)
        .default(2000)
        .describe('How often the worker is asked for its health.'),
      health_timeout_ms: z.int().min(100).default(10_000).describe('How long it may take to answer.'),
      start_timeout_ms: z.int().min(500).default(30_000).describe('How long it may take to start.'),
    })
    .prefault({})
    .describe('The process of the language model; it starts when it is first needed.'),
})

/** The configuration with every default filled in. */
export type Config = z.output<typeof configSchema>
