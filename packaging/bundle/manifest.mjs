import { capabilities } from '../../contracts/capabilities/index.ts'
import { defaultDataFolder } from '../../orchestrator/foundation/paths.ts'
import { projectRoot } from '../bootstrap.mjs'

/**
 * The manifest of the bundle. Source of the format: MANIFEST.md of the package @anthropic-ai/mcpb, version 0.3.
 *
 * The Node.js at work is named by its whole path: the one inside Claude Desktop cannot load our database.
 *
 * @param {string} version
 */
export function createManifest(version) {
  /** @type {import('../../contracts/capability.ts').Capability[]} */
  const published = Object.values(capabilities)
  return {
    manifest_version: '0.3',
    name: 'mysticanvas',
    display_name: 'MystiCanvas',
    version,
    description: 'Makes pictures from words on your own machine.',
    long_description:
      'Lets Claude make pictures with the MystiCanvas that is installed on this machine, look for earlier ones and vary them. Nothing leaves the machine.',
    author: { name: 'MystiCanvas' },
    license: 'MIT',
    icon: 'icon.png',
    server: {
      type: 'node',
      entry_point: 'server/index.mjs',
      mcp_config: {
        command: process.execPath,
        args: ['${__dirname}/server/index.mjs', '${user_config.installation}', '${user_config.data_folder}'],
      },
    },
    tools: published
      .filter(({ surfaces, effect }) => surfaces.includes('mcp') && effect !== 'destructive')
      .map(({ name, description }) => ({ name, description })),
    prompts_generated: true,
    compatibility: { platforms: [process.platform] },
    user_config: {
      installation: {
        type: 'directory',
        title: 'Folder of MystiCanvas',
        description: 'Where MystiCanvas is installed: the folder in which you run "npm start".',
        default: projectRoot,
        required: true,
      },
      data_folder: {
        type: 'directory',
        title: 'Data folder',
        description: 'Where its pictures and models are. "npx mysticanvas doctor" prints it.',
        default: defaultDataFolder(),
        required: true,
      },
    },
  }
}
