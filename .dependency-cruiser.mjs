/**
 * Which way imports run. The layers of the orchestrator, lowest first:
 *
 *   contracts <- foundation <- storage | supervision <- domain <- http <- main, cli, commands
 *
 * The assistant, the MCP server, the workers and the interface know the contracts and nothing else; what
 * more they need is handed to them as arguments by orchestrator/main.ts, the one place that knows everyone.
 */

/**
 * One rule: files matching `from` must not import files matching `to`.
 *
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/**
 * Everything of ours except the given folders: a folder that may import only those uses this as `to`.
 *
 * @param {string[]} allowed
 */
const ourCodeExcept = (...allowed) => ({
  path: '^(contracts|orchestrator|assistant|mcp-server|workers|ui|tests|bench|packaging)/',
  pathNot: allowed.map((folder) => `^${folder}/`),
})

/** @param {string} folder */
const onlyContracts = (folder) =>
  forbid(
    `${folder}-knows-contracts-only`,
    `${folder}/ receives everything else as arguments.`,
    { path: `^${folder}/` },
    ourCodeExcept('contracts', folder),
  )

/**
 * @param {string} name
 * @param {string[]} above
 */
const layer = (name, above) =>
  forbid(
    `orchestrator-${name}-knows-nothing-above`,
    `orchestrator/${name} must not import what is built on it or beside it.`,
    { path: `^orchestrator/${name}/` },
    { path: `^orchestrator/(${above.join('|')})` },
  )

const composition = ['main\\.ts', 'cli\\.ts', 'commands/']

/** Programs and configurations: started, not imported. */
const startedDirectly = [
  '^orchestrator/(main|cli)\\.ts$',
  '^workers/.*main\\.(ts|mjs|js)$',
  '^ui/main\\.ts$',
  '^packaging/[^/]+\\.mjs$',
  '^packaging/bootstrap/(leave-with-parent|launch)\\.mjs$',
  '^packaging/bundle/server\\.mjs$',
  '^bench/[^/]+\\.ts$',
  '^tests/',
  '\\.d\\.ts$',
  '\\.config\\.(ts|mjs)$',
  '^\\.dependency-cruiser\\.mjs$',
]

export default {
  forbidden: [
    forbid('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    forbid('no-orphans', 'A file nobody imports is dead.', { orphan: true, pathNot: startedDirectly }, {}),
    forbid('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),

    forbid(
      'contracts-import-zod-only',
      'Contracts are shared by Node.js, browsers and workers: no node:, no packages but zod, none of our code.',
      { path: '^contracts/' },
      { pathNot: ['^contracts/', '(^|/)node_modules/zod/'] },
    ),

    layer('foundation', ['storage/', 'supervision/', 'domain/', 'http/', ...composition]),
    layer('storage', ['supervision/', 'domain/', 'http/', ...composition]),
    layer('supervision', ['storage/', 'domain/', 'http/', ...composition]),
    layer('domain', ['http/', ...composition]),
    layer('http', composition),
    forbid(
      'orchestrator-layers-stay-inside',
      'Only main, cli and the commands join the orchestrator with the assistant and the MCP server.',
      { path: '^orchestrator/(foundation|storage|supervision|domain|http)/' },
      ourCodeExcept('contracts', 'orchestrator'),
    ),
    forbid(
      'orchestrator-never-runs-workers-in-process',
      'An engine that aborts must take down its worker alone. Workers are started by path.',
      { path: '^orchestrator/' },
      { path: ['^workers/', '^ui/'] },
    ),
    forbid(
      'orchestrator-links-no-inference-library',
      'Native inference libraries belong to the workers.',
      { path: '^(orchestrator|assistant|mcp-server)/' },
      {
        path: '(^|node_modules/)(@qvac/|bare-|node-llama-cpp|@node-llama-cpp/|onnxruntime|@huggingface/)',
      },
    ),

    onlyContracts('assistant'),
    onlyContracts('mcp-server'),
    onlyContracts('ui'),
    forbid(
      'workers-know-contracts-and-runtime-only',
      'Workers never know each other or the orchestrator.',
      { path: '^workers/([^/]+)/' },
      ourCodeExcept('contracts', 'workers/runtime', 'workers/$1'),
    ),
    forbid(
      'worker-runtime-knows-no-worker',
      'What all workers share must not know any of them.',
      { path: '^workers/runtime/' },
      { path: '^workers/', pathNot: '^workers/runtime/' },
    ),

    forbid(
      'product-does-not-import-tests',
      'Tests and benchmarks import the product, never the other way round.',
      { pathNot: '^(tests|bench)/' },
      { path: '^(tests|bench)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-next|dist-old)/|^ui/public/|^tests/fixtures/' },
    // Type imports count: a layer must not even know the shape of what is above it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.d.ts', '.json'],
    },
  },
}
