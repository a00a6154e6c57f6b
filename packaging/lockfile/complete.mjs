const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'ios',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** Words that package names use in place of Node.js's own. */
const otherWords = new Map([
  ['windows', 'win32'],
  ['win', 'win32'],
  ['mac', 'darwin'],
  ['ppc64le', 'ppc64'],
  ['x86', 'ia32'],
])

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 */

/**
 * Adds the optional packages that are wanted but have no entry, and returns their paths.
 *
 * @param {{ packages: Record<string, Entry> }} lockfile changed in place
 */
export function completeLockfile(lockfile) {
  const { packages } = lockfile
  /** @type {string[]} */
  const added = []
  for (const [wantedBy, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isPresent(packages, wantedBy, name)) continue
      const path = `node_modules/${name}`
      packages[path] = describe(name, range, entry)
      added.push(path)
    }
  }
  lockfile.packages = Object.fromEntries(Object.entries(packages).toSorted(byPath))
  return added
}

/**
 * Looks where Node.js would look: beside the package, then in every folder above it.
 *
 * @param {Record<string, Entry>} packages
 * @param {string} wantedBy
 * @param {string} name
 */
function isPresent(packages, wantedBy, name) {
  for (let folder = wantedBy; folder !== ''; folder = parentOf(folder)) {
    if (packages[`${folder}/node_modules/${name}`]) return true
  }
  return packages[`node_modules/${name}`] !== undefined
}

/** @param {string} path */
function parentOf(path) {
  const cut = path.lastIndexOf('/node_modules/')
  return cut === -1 ? '' : path.slice(0, cut)
}

/**
 * @param {string} name
 * @param {string} range
 * @param {Entry} wantedBy
 * @returns {Entry}
 */
function describe(name, range, wantedBy) {
  const words = name.split(/[-/_]/).map((word) => otherWords.get(word) ?? word)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = [
    ...(words.some((word) => word.startsWith('musl')) ? ['musl'] : []),
    ...(words.some((word) => word.startsWith('gnu')) ? ['glibc'] : []),
  ]
  if (os.length + cpu.length === 0) {
    throw new Error(`${name} is optional, missing, and does not say which system it is for.`)
  }
  return {
    version: range.replace(/^[~^]/, ''),
    ...(cpu.length > 0 && { cpu }),
    ...(wantedBy.dev && { dev: true }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}

/**
 * npm's own order, so that its next edit of the file shows only what it changed.
 *
 * @param {[string, Entry]} one
 * @param {[string, Entry]} other
 */
function byPath([one], [other]) {
  return one < other ? -1 : 1
}
