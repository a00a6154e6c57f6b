/**
 * `npm run bundle:mcp [-- file]`: packs a bundle that Claude Desktop installs with one click. It holds no copy of the
 * product: it starts this installation, so it is for this machine.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { packExtension } from '@anthropic-ai/mcpb'
import sharp from 'sharp'
import { projectRoot } from './bootstrap.mjs'
import { createManifest } from './bundle/manifest.mjs'

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
const output = resolve(process.argv[2] ?? join(projectRoot, 'dist', `mysticanvas-${version}.mcpb`))
const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-bundle-'))

try {
  mkdirSync(join(folder, 'server'))
  copyFileSync(join(projectRoot, 'packaging', 'bundle', 'server.mjs'), join(folder, 'server', 'index.mjs'))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(createManifest(version), null, 2))
  await sharp(join(projectRoot, 'ui', 'public', 'favicon.svg'), { density: 600 })
    .resize(512, 512)
    .png()
    .toFile(join(folder, 'icon.png'))
  const isPacked = await packExtension({ extensionPath: folder, outputPath: output, silent: true })
  if (isPacked) console.log(output)
  else process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
