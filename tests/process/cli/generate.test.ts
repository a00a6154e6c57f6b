import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { endCommands, hasTerminal, runCommand, startCommand, startOnTerminal } from '../../support/command.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, startProduct } from '../../support/product.ts'

const quick = ['--width', '64', '--height', '64', '--steps', '2', '--seed', '7']
/** So many steps that it is still at work when the test has seen enough. */
const endless = ['--width', '256', '--height', '256', '--steps', '150']

let data = ''
let place = ''

beforeAll(async () => {
  data = await createDataFolder()
  place = mkdtempSync(join(tmpdir(), 'mysticanvas-out-'))
})
afterEach(async () => {
  await endCommands()
  await endProducts()
})
afterAll(() => {
  removeDataFolders()
  rmSync(place, { recursive: true, force: true })
})

test('[cli-generate] makes a picture and prints nothing but its path', async () => {
  const out = join(place, 'boat.png')
  const { code, stdout, stderr } = await runCommand([
    'generate',
    'a red boat',
    ...quick,
    '--out',
    out,
    '--data',
    data,
  ])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${out}\n`, stderr: '' })
  expect(await sharp(out).metadata()).toMatchObject({ format: 'png', width: 64, height: 64 })
})

test('[cli-generate] the recipe of the picture can be printed from its file', async () => {
  const { code, stdout } = await runCommand(['recipe', join(place, 'boat.png')])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    prompt: 'a red boat',
    seed: 7,
    steps: 2,
    width: 64,
    engine: { name: 'diffusion-cpp' },
  })
})

test('[cli-generate] several pictures get numbers, and a picture can be started from', async () => {
  const source = ['--from', join(place, 'boat.png'), '--strength', '0.5']
  const args = [
    'generate',
    'a boat',
    ...quick,
    ...source,
    '--count',
    '2',
    '--out',
    'pair.png',
    '--data',
    data,
  ]
  const { code, stdout } = await runCommand(args, { cwd: place })
  expect(code).toBe(0)
  expect(stdout.trim().split('\n')).toEqual([join(place, 'pair-1.png'), join(place, 'pair-2.png')])
  expect(readFileSync(join(place, 'pair-1.png')).equals(readFileSync(join(place, 'pair-2.png')))).toBe(false)
})

test('[cli-generate] without --out the picture is named by its id, in the current folder', async () => {
  const folder = mkdtempSync(join(place, 'here-'))
  const { stdout } = await runCommand(['generate', 'a red boat', ...quick, '--data', data], { cwd: folder })
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^mysticanvas-\d+\.png$/)])
  expect(stdout).toBe(`${join(folder, readdirSync(folder)[0] ?? '')}\n`)
})

test('[cli-generate] uses the server that runs on the data folder', async () => {
  const product = await startProduct({ dataFolder: data })
  const out = join(place, 'by-server.png')
  expect(await runCommand(['generate', 'a red boat', ...quick, '--out', out, '--data', data])).toMatchObject({
    code: 0,
  })
  const { generations } = await product.invoke('list_generations', { limit: 1 })
  expect(product.feed.count('generation-completed')).toBe(1)
  expect(generations[0]).toMatchObject({ state: 'completed', recipe: { prompt: 'a red boat' } })
})

const refusals: [name: string, args: string[], code: string, advice: RegExp][] = [
  ['an empty prompt', [''], 'invalid_input', /Say what the picture should show\. Correct the named fields/],
  [
    'a width that is no multiple of 8',
    ['a boat', '--width', '65'],
    'invalid_input',
    /A multiple of 8 pixels/,
  ],
  [
    'an unknown sampler',
    ['a boat', '--sampler', 'magic'],
    'invalid_input',
    /Allowed choices are euler, .*--help/s,
  ],
  ['an unknown option', ['a boat', '--colour', 'red'], 'invalid_input', /unknown option '--colour'.*--help/s],
  [
    'an unknown preset',
    ['a boat', '--preset', 'nothing'],
    'preset_not_found',
    /There are: mysticanvas-sketch/,
  ],
  ['an unknown style', ['a boat', '--style', 'nothing at all'], 'style_not_found', /get_styles|Styles page/],
  [
    'a folder that is not there',
    ['a boat', '--out', '/nowhere/at/all.png'],
    'output_not_writable',
    /Name a file in a folder that exists/,
  ],
  ['a folder as the file', ['a boat', '--out', tmpdir()], 'output_not_writable', /is a folder/],
  [
    'a source that is not there',
    ['a boat', '--from', '/nowhere.png'],
    'source_picture_not_found',
    /\/nowhere\.png cannot be read/,
  ],
]

test.each(refusals)('[cli-generate] refuses %s with its code and advice', async (_, args, code, advice) => {
  const ended = await runCommand(
    ['generate', ...args, ...(args.includes('--width') ? [] : quick), '--data', data],
    { cwd: place },
  )
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(new RegExp(`^Error ${code}: `))
  expect(ended.stderr).toMatch(advice)
})

test('[cli-generate] an interrupt cancels the picture, and no part of a file is left', async () => {
  const product = await startProduct({ dataFolder: data })
  const out = join(place, 'cancelled.png')
  const command = startCommand(['generate', 'a red boat', ...endless, '--out', out, '--data', data])
  const { generation } = await product.feed.firstOf('generation-started')
  command.child.kill('SIGINT')
  expect(await command.ended).toBe(1)
  expect(command.stderr()).toMatch(/^Error cancelled: /)
  expect(await product.finished(generation.id)).toMatchObject({ state: 'cancelled' })
  expect(readdirSync(place).filter((name) => name.startsWith('cancelled'))).toEqual([])
})

test('[cli-generate] an interrupt also ends a product that runs for this picture alone', async () => {
  const fresh = await createDataFolder()
  const token = join(fresh, 'run', 'token')
  const command = startCommand(['generate', 'a red boat', ...endless, '--data', fresh], { cwd: place })
  await expect.poll(() => existsSync(token), { timeout: 30_000 }).toBe(true)
  command.child.kill('SIGINT')
  expect(await command.ended).toBe(1)
  expect(command.stderr()).toMatch(/^Error cancelled: /)
  expect(existsSync(token)).toBe(false)
})

test.skipIf(!hasTerminal)('[cli-generate] a terminal shows the progress, and Ctrl+C cancels', async () => {
  const command = startOnTerminal(['generate', 'a red boat', ...endless, '--data', data])
  await command.printed(/sampling.*[1-9]\d*\/150/)
  command.child.stdin?.write('\x03')
  expect(await command.ended).not.toBe(0)
  expect(command.stdout()).toContain('Error cancelled: ')
})
