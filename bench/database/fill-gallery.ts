import type { Recipe } from '../../contracts/entities/recipe.ts'
import { handleOf, readAll, type WritableDatabase } from '../../orchestrator/storage/connection.ts'
import { createRandom, createZipf, makeWords } from './sample-words.ts'

/** Three years of pictures, up to a day not long ago. */
const newest = Date.UTC(2026, 9, 1)
const span = 3 * 365 * 24 * 3_600_000

const sizes = [
  [512, 512],
  [512, 768],
  [768, 512],
  [1024, 1024],
  [832, 1216],
] as const
const presets = ['small-world', 'photo', 'paint', 'anime', 'fast', 'large']
const batch = 20_000

/** What the gallery was made from, for asking about it. */
export interface SampleGallery {
  readonly words: readonly string[]
  readonly tags: readonly string[]
  readonly presets: readonly string[]
}

/**
 * Fills an empty database with pictures as a person would have them: words and tags as frequent as in a language, three
 * files each, some rated. Triggers are set aside meanwhile, and the index is filled at the end.
 */
export function fillGallery(
  database: WritableDatabase,
  count: number,
  tell: (line: string) => void,
): SampleGallery {
  const handle = handleOf(database)
  const random = createRandom(7)
  const words = makeWords(Math.min(40_000, Math.max(2000, count / 20)), random)
  const tags = makeWords(400, random)
  handle.pragma('synchronous = OFF')
  const triggers = readAll<{ name: string; sql: string }>(
    database,
    `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`,
  )
  for (const { name } of triggers) handle.exec(`DROP TRIGGER ${name}`)
  handle.transaction(() => {
    const insert = handle.prepare(
      'INSERT INTO tags (id, name, normalized_name, created_at) VALUES (?, ?, ?, 0)',
    )
    for (const [index, name] of tags.entries()) insert.run(index + 1, name, name)
  })()
  const writeOne = createWriter(database, words, tags.length, random)
  for (let start = 0; start < count; start += batch) {
    handle.transaction(() => {
      for (let index = start; index < Math.min(count, start + batch); index += 1)
        writeOne(Math.floor(newest - span + (span * index) / count) * 1024)
    })()
    if (start % (batch * 10) === 0) tell(`${start} of ${count} pictures`)
  }
  tell('the index')
  indexAll(database)
  for (const { sql } of triggers) handle.exec(sql)
  handle.pragma('synchronous = FULL')
  handle.exec('ANALYZE')
  handle.pragma('wal_checkpoint(TRUNCATE)')
  return { words, tags, presets }
}

function createWriter(
  database: WritableDatabase,
  words: readonly string[],
  tagCount: number,
  random: () => number,
): (id: number) => void {
  const handle = handleOf(database)
  const nextWord = createZipf(words.length, random)
  const nextTag = createZipf(tagCount, random)
  const insert = handle.prepare(
    `INSERT INTO generations (id, state, attempts, request_id, created_at, started_at, finished_at, recipe, rating, favorite)
     VALUES (:id, 'completed', 1, 'bench', :time, :time, :time, :recipe, :rating, :favorite)`,
  )
  const insertFile = handle.prepare(
    `INSERT INTO generation_files VALUES (?, ?, ?, '${'ab'.repeat(32)}', 200000, ?, ?, ?)`,
  )
  const insertTag = handle.prepare('INSERT OR IGNORE INTO generation_tags VALUES (?, ?, ?, NULL)')
  const text = (length: number) => Array.from({ length }, () => words[nextWord()]).join(' ')
  return (id) => {
    const [width, height] = sizes[Math.floor(random() ** 2 * sizes.length)] ?? sizes[0]
    const preset = presets[Math.floor(random() ** 2 * presets.length)] ?? 'photo'
    const recipe = sampleRecipe(text(5 + Math.floor(random() * 20)), text(4), width, height, preset, random)
    insert.run({
      id,
      time: id / 1024,
      recipe: JSON.stringify(recipe),
      rating: random() < 0.2 ? Math.floor(random() * 6) : null,
      favorite: random() < 0.05 ? 1 : 0,
    })
    for (const role of ['original', 'thumbnail', 'preview'])
      insertFile.run(id, role, `${role}/2026/01/${id}.png`, width, height, 'image/png')
    for (let left = Math.floor(random() * 5); left > 0; left -= 1)
      insertTag.run(id, nextTag() + 1, random() < 0.5 ? 'user' : 'prompt_auto')
  }
}

/** What the triggers would have kept in step. */
function indexAll(database: WritableDatabase): void {
  const handle = handleOf(database)
  const ids = handle.prepare('SELECT id FROM generations ORDER BY id').pluck().all() as number[]
  const index = handle.prepare(
    'INSERT INTO generations_fts (rowid, prompt, negative_prompt, notes, tags, preset, style, marks) SELECT * FROM generation_texts WHERE id BETWEEN ? AND ?',
  )
  for (let start = 0; start < ids.length; start += batch)
    index.run(ids[start], ids[Math.min(start + batch, ids.length) - 1])
  handle.exec(`UPDATE tags SET uses = (SELECT count(*) FROM generation_tags WHERE tag_id = tags.id);
    INSERT INTO picture_sides SELECT DISTINCT max(width, height) / 8 * 8 FROM generations;
    INSERT INTO preset_uses SELECT preset_id, count(*) FROM generations GROUP BY preset_id`)
}

function sampleRecipe(
  prompt: string,
  negative: string,
  width: number,
  height: number,
  preset: string,
  random: () => number,
): Recipe {
  const hash = 'cd'.repeat(32)
  return {
    mode: 'txt2img',
    prompt,
    negative_prompt: negative,
    seed: Math.floor(random() * 4_294_967_296),
    width,
    height,
    steps: 20,
    guidance: 4,
    sampler: 'euler_a',
    scheduler: 'karras',
    clip_skip: -1,
    strength: null,
    source_generation: null,
    source_picture: null,
    vae_tiling: false,
    placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
    preset: {
      id: preset,
      name: preset,
      family: 'sd1',
      files: [{ role: 'model', name: `${preset}.safetensors`, sha256: hash }],
    },
    engine: null,
  }
}
