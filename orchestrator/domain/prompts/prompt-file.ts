import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { ProductError } from '../../../contracts/errors.ts'

/*
 * A file of prompts is Markdown with front matter (YAML between two lines of `---`). The front matter holds settings, and
 * names the variables of the text; the text below it may use them as `{{name}}`.
 */

/** What the product expects of one file of prompts. */
export interface PromptFileKind<Settings extends z.ZodObject = z.ZodObject> {
  /** Its name without `.md`. */
  readonly name: string
  /** What the product can fill into the text. */
  readonly variables: readonly string[]
  /** The settings beside `title`, `description` and `variables`. */
  readonly settings: Settings
}

/** A file of prompts that was read and found to be right. */
export interface PromptFile<Settings> {
  readonly settings: Settings
  /** The text with its variables filled in. */
  readonly render: (values: Readonly<Record<string, string>>) => string
}

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g

/**
 * Reads the text of a file of prompts.
 *
 * @param file how the file is called in messages
 * @throws ProductError `prompt_file_invalid` with the file and the line
 */
export function parsePromptFile<Settings extends z.ZodObject>(
  text: string,
  file: string,
  kind: PromptFileKind<Settings>,
): PromptFile<z.output<Settings>> {
  const found = frontMatter.exec(text)
  if (found === null) throw invalid(file, 1, 'The file has to begin with front matter between lines of ---.')
  const settings = parseSettings(found[1] ?? '', file, kind)
  const body = text.slice(found[0].length)
  const firstLine = lineOf(text, found[0].length)
  const known = new Set(settings.variables)
  for (const use of body.matchAll(placeholder)) {
    if (known.has(use[1] ?? '')) continue
    throw invalid(file, firstLine - 1 + lineOf(body, use.index), `The front matter names no variable "${use[1]}".`)
  }
  const template = body.trim()
  return {
    settings,
    render: (values) => template.replaceAll(placeholder, (_, name: string) => values[name] ?? ''),
  }
}

function parseSettings<Settings extends z.ZodObject>(
  yaml: string,
  file: string,
  kind: PromptFileKind<Settings>,
): z.output<Settings> & { variables: string[] } {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  // The front matter begins on the second line.
  const lineAt = (offset: number) => lines.linePos(offset).line + 1
  const fault = document.errors[0]
  if (fault !== undefined) throw invalid(file, lineAt(fault.pos[0]), fault.message)
  const schema = kind.settings.extend({
    title: z.string().min(1),
    description: z.string().min(1),
    variables: z.array(z.enum(kind.variables)).default([]),
  })
  const checked = schema.safeParse(toPlain(document, file))
  if (checked.success) return checked.data as z.output<Settings> & { variables: string[] }
  const issue = checked.error.issues[0]
  const path = issue?.path ?? []
  const field = path.length === 0 ? '' : `${path.join('.')}: `
  throw invalid(file, lineAt(offsetOf(document, path)), `${field}${issue?.message ?? 'It is not valid'}`)
}

/** The document as plain values; aliases are bounded, so that a small file cannot become a huge one. */
function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw invalid(file, 2, cause instanceof Error ? cause.message : 'It is not valid')
  }
}

/** Where a value stands, or the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

function invalid(file: string, line: number, what: string): ProductError {
  const sentence = /[.!?]$/.test(what) ? what : `${what}.`
  return new ProductError('prompt_file_invalid', `${file}, line ${line}: ${sentence}`, {
    details: { file, line },
  })
}
