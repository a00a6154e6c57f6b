import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { configSchema } from '../../contracts/config.ts'
import { errorTable } from '../../contracts/errors.ts'

/**
 * The pages that are made from the contracts, as they should lie in docs/.
 *
 * @returns {Promise<{ path: string, text: string }[]>}
 */
export async function referencePages() {
  const pages = [
    { path: 'docs/errors.md', text: errorPage() },
    { path: 'docs/configuration.md', text: configurationPage() },
  ]
  return Promise.all(pages.map(async ({ path, text }) => ({ path, text: await tidy(text) })))
}

function errorPage() {
  const rows = Object.entries(errorTable).map(
    ([code, { status, retryable, summary, advice }]) =>
      `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${summary} | ${advice} |`,
  )
  return `# Errors

Every failure carries a code from this one table, whether it comes by HTTP, in an event, in a database row or on a
terminal, in the shape \`{ "error": { "code", "message", "details", "request_id" } }\`. \`message\` says what happened and
what to do; \`request_id\` finds the same request in the log and in the events. "Again" tells whether the same call may
succeed later without any change.

This page is made from \`contracts/error-table.ts\` by \`npm run docs\`.

| Code | HTTP | Again | What happened | What to do |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function configurationPage() {
  return `# Configuration

\`config.json\` in the data folder; it is read at the start. Everything has a default, so the file need not exist. A key
that is not known is an error, so that a slip of the pen does not pass unnoticed. \`npx mysticanvas doctor\` names the file
and what is wrong in it.

This page is made from \`contracts/config.ts\` by \`npm run docs\`.

| Key | Default | Meaning |
| --- | --- | --- |
${settingRows(toSetting(z.toJSONSchema(configSchema, { io: 'input' })), '').join('\n')}

## Example

\`\`\`json
{
  "port": 7900,
  "model_folders": ["/models/stable-diffusion"],
  "image_worker": { "threads": 4 }
}
\`\`\`

## Outside the file

- \`MYSTICANVAS_DATA\` names the data folder; \`--data <folder>\` does the same for one command and is stronger. Without
  either it is the folder the system has for such data; \`npx mysticanvas doctor\` prints it.
- \`npm start -- --port <port>\` is stronger than \`port\` in the file.
`
}

/**
 * A JSON schema of a setting, as far as it is looked at here.
 *
 * @typedef {{ properties?: Record<string, Setting>, default?: unknown, description?: string, enum?: string[] }} Setting
 */

/**
 * @param {unknown} schema
 * @returns {Setting}
 */
function toSetting(schema) {
  return /** @type {Setting} */ (schema)
}

/**
 * @param {Setting} setting
 * @param {string} prefix the keys around it, each with a dot
 * @returns {string[]}
 */
function settingRows({ properties = {} }, prefix) {
  return Object.entries(properties).flatMap(([key, setting]) => {
    if (setting.properties) return settingRows(setting, `${prefix}${key}.`)
    const choices = setting.enum ? `One of ${setting.enum.map((choice) => `\`${choice}\``).join(', ')}.` : ''
    const meaning = [setting.description ?? '', choices].filter(Boolean).join(' ')
    return [`| \`${prefix}${key}\` | \`${JSON.stringify(setting.default)}\` | ${meaning} |`]
  })
}

/** @param {string} text */
async function tidy(text) {
  const options = await resolveConfig(new URL('reference.mjs', import.meta.url))
  return format(text, { ...options, parser: 'markdown' })
}
