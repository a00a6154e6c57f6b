import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import {
  endCommands,
  hasTerminal,
  runCommand,
  startCommand,
  startOnTerminal,
  type Command,
} from '../../support/command.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { descendantsOf, leftAfter } from '../../support/product-processes.ts'

afterEach(async () => {
  await endCommands()
  removeDataFolders()
})

const link = /sign your browser in: (\S+)/

async function started(folder: string): Promise<{ command: Command; url: string; signIn: string }> {
  const command = startCommand(['start', '--port', '0', '--data', folder])
  const [, signIn = ''] = await command.printed(link)
  const [, url = ''] = await command.printed(/is running at (\S+)/)
  return { command, url, signIn }
}

/** Follows a sign-in link as a browser does; the cookie it got, or null. */
async function visit(address: string): Promise<string | null> {
  const reply = await fetch(address, { redirect: 'manual' })
  expect(reply.status).toBe(303)
  return reply.headers.get('set-cookie')?.split(';')[0] ?? null
}

test('[cli-start] prints the address and a link that signs one browser in, once', async () => {
  const { command, url, signIn } = await started(await createDataFolder())
  expect(command.stdout()).toMatch(/^MystiCanvas is running at http:\/\/127\.0\.0\.1:\d+$/m)
  const cookie = await visit(signIn)
  expect((await fetch(`${url}/api/status`, { headers: { cookie: cookie ?? '' } })).status).toBe(200)
  expect(await visit(signIn)).toBeNull()
  expect((await fetch(`${url}/api/status`)).status).toBe(401)
})

test('[cli-start] open prints a further link while it runs', async () => {
  const folder = await createDataFolder()
  const { url } = await started(folder)
  const { code, stdout } = await runCommand(['open', '--data', folder])
  expect(code).toBe(0)
  expect(stdout).toMatch(new RegExp(`^${url}/login\\?code=\\S+\\n$`))
  expect(await visit(stdout.trim())).not.toBeNull()
})

test('[cli-start] open says how to start it where it does not run', async () => {
  const ended = await runCommand(['open', '--data', await createDataFolder()])
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^Error not_running: .*npm start/)
})

test('[cli-start] stops in order on SIGTERM and leaves nothing', async () => {
  const folder = await createDataFolder()
  const { command } = await started(folder)
  await expect
    .poll(() => descendantsOf(command.child.pid ?? 0).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(2)
  const processes = descendantsOf(command.child.pid ?? 0)
  command.child.kill('SIGTERM')
  expect(await command.ended).toBe(0)
  expect(await leftAfter(processes, 2000)).toEqual([])
  expect(existsSync(join(folder, 'run', 'token'))).toBe(false)
  expect(existsSync(join(folder, 'run', 'server.json'))).toBe(false)
})

test.skipIf(!hasTerminal)('[cli-start] stops in order on Ctrl+C and leaves nothing', async () => {
  const folder = await createDataFolder()
  const command = startOnTerminal(['start', '--port', '0', '--data', folder])
  await command.printed(link)
  const processes = descendantsOf(command.child.pid ?? 0)
  expect(processes.length).toBeGreaterThan(1)
  command.child.stdin?.write('\x03')
  expect(await command.ended).toBe(0)
  expect(command.stdout()).toContain('Stopping…')
  expect(await leftAfter(processes, 2000)).toEqual([])
  expect(existsSync(join(folder, 'run', 'token'))).toBe(false)
})

test('[cli-start] a second start on the same data folder is refused, and the first goes on', async () => {
  const folder = await createDataFolder()
  const { command, url } = await started(folder)
  const second = await runCommand(['start', '--port', '0', '--data', folder])
  expect(second).toMatchObject({ code: 1, stdout: '' })
  expect(second.stderr).toMatch(/^Error data_folder_in_use: .*stop it first/)
  expect((await fetch(`${url}/api/status`)).status).toBe(401)
  expect(command.child.exitCode).toBeNull()
})

test('[cli-start] the help tells a newcomer what to type', async () => {
  const { code, stdout } = await runCommand(['--help'])
  expect(code).toBe(0)
  for (const command of ['start', 'generate', 'open', 'recipe', 'doctor', 'version'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  expect(stdout).toContain('npx mysticanvas generate "a red boat on the sea"')
})

test('[cli-start] version prints the version alone', async () => {
  const { stdout } = await runCommand(['version'])
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(await runCommand(['--version'])).toMatchObject({ code: 0, stdout })
})

test('[cli-start] a command that does not exist is refused in words', async () => {
  const { code, stderr } = await runCommand(['paint'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Error invalid_input: unknown command 'paint'/)
})
