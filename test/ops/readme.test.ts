// What README and the documents in .github give to copy works: compose files, alerts, commands; and what they claim is so: the paths they
// name, the threat table's tests, the packages and their licenses.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig, variables } from '../../src/config/config.ts'
import { createMetrics } from '../../src/health/metrics.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const readme = read('README.md')
const [architecture, security, contributing] = ['ARCHITECTURE', 'SECURITY', 'CONTRIBUTING'].map((name) => read(`.github/${name}.md`)) as [
  string,
  string,
  string,
]
const { dependencies, scripts } = JSON.parse(read('package.json')) as Record<'dependencies' | 'scripts', Record<string, string>>

interface Service {
  readonly build?: string
  readonly image?: string
  readonly env_file?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly read_only?: boolean
  readonly tmpfs?: readonly string[]
  readonly volumes?: readonly string[]
  readonly deploy?: { readonly replicas: number }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** `${NAME:?}` as compose fills it in. */
const filled = (text: string) => text.replaceAll(/\$\{\w+:\?\}/g, 'secret')

describe('the compose files', () => {
  const files = [...readme.matchAll(/```yaml compose\n([\s\S]*?)```/g)].map(([, text]) => parse(text ?? '') as Compose)
  const [embedded, postgres] = files

  it('are two: one process on the embedded database, two replicas on Postgres', () => {
    expect(files.length).toBe(2)
    expect(embedded?.services['gong-digest']?.deploy?.replicas ?? 1).toBe(1)
    expect(embedded?.services['gong-digest']?.environment?.DATABASE_URL).toBeUndefined()
    expect(embedded?.services['gong-digest']?.volumes).toEqual(['data:/data'])
    expect(postgres?.services['gong-digest']?.deploy?.replicas).toBe(2)
    expect(postgres?.services['gong-digest']?.depends_on?.postgres?.condition).toBe('service_healthy')
    expect(postgres?.services.postgres?.healthcheck?.test[0]).toBe('CMD-SHELL')
  })

  it('run the image read-only, with volumes that are declared and variables the service reads', () => {
    const least = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', GONG_ACCESS_KEY: 'k', GONG_ACCESS_KEY_SECRET: 's' }
    for (const { services, volumes } of files) {
      const ours = services['gong-digest']
      expect(ours).toMatchObject({
        build: '.',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        tmpfs: ['/tmp'],
        env_file: 'gong-digest.env',
      })
      for (const service of Object.values(services))
        for (const volume of service.volumes ?? []) expect(Object.keys(volumes)).toContain(volume.split(':')[0])
      const environment = Object.fromEntries(Object.entries(ours?.environment ?? {}).map(([name, value]) => [name, filled(value)]))
      expect(Object.keys(environment).filter((name) => !(name in variables))).toEqual([])
      expect(() => readConfig({ ...least, ...environment })).not.toThrow()
    }
  })

  it('lead the replicas to the database that is started with them', () => {
    const address = new URL(filled(postgres?.services['gong-digest']?.environment?.DATABASE_URL ?? ''))
    const given = postgres?.services.postgres?.environment
    expect(address.hostname).toBe('postgres')
    expect(address.username).toBe(given?.POSTGRES_USER)
    expect(address.pathname).toBe(`/${given?.POSTGRES_DB}`)
    expect(postgres?.services['gong-digest']?.environment?.DATABASE_URL).toContain(`:${given?.POSTGRES_PASSWORD}@`)
  })
})

describe('the Kubernetes manifest', () => {
  const [, text = ''] = /```yaml kubernetes\n([\s\S]*?)```/.exec(readme) ?? []
  const [secret, claim, deployment] = parseAllDocuments(text).map((document) => document.toJS())

  it('is a Secret with a whole configuration, a claim, and one process that nothing else shares the folder with', () => {
    expect([secret.kind, claim.kind, deployment.kind]).toEqual(['Secret', 'PersistentVolumeClaim', 'Deployment'])
    const given = Object.fromEntries(Object.entries(secret.stringData).map(([name, value]) => [name, String(value)]))
    expect(() => readConfig(given)).not.toThrow()
    expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
    const { containers, volumes } = deployment.spec.template.spec
    expect(containers[0].envFrom).toEqual([{ secretRef: { name: secret.metadata.name } }])
    expect(volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name)
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels)
  })

  it('asks /healthz before a restart and before traffic, at the port of the image, and may do nothing it need not', () => {
    const [container] = deployment.spec.template.spec.containers
    const healthPort = Number(/HEALTH_PORT=(\d+)/.exec(read('Dockerfile'))?.[1])
    expect(container.ports).toEqual([{ name: 'health', containerPort: healthPort }])
    const probe = (name: string) => container[name].httpGet
    // What /readyz tells of is mostly the same for every replica: a probe of traffic would take the bot from everybody.
    for (const name of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      expect(probe(name)).toEqual({ path: '/healthz', port: 'health' })
    expect(text).not.toContain('/readyz')
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/data', '/tmp'])
    const [, scrape = ''] = /```yaml scrape\n([\s\S]*?)```/.exec(readme) ?? []
    expect(parse(scrape).scrape_configs[0].static_configs[0].targets).toEqual([`gong-digest:${healthPort}`])
  })

  it('names commands that start.mjs has, wherever a container runs one', () => {
    const named = [...readme.matchAll(/node src\/start\.mjs ([\w-]+)/g)].map(([, name]) => name ?? '')
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((name) => !new RegExp(`^ {2}'?${name}'?: \\{`, 'm').test(read('src/start.mjs')))).toEqual([])
  })
})

describe('the alerts', () => {
  const [, text = ''] = /```yaml\n(- alert:[\s\S]*?)```/.exec(readme) ?? []
  const alerts = parse(text) as readonly { readonly alert: string; readonly expr: string }[]

  it('are three, over metrics and labels that exist', async () => {
    expect(alerts.map(({ alert }) => alert)).toEqual(['DigestLate', 'GongRefused', 'GongBudgetNearlyGone'])
    const one = async () => 1
    const metrics = createMetrics('1.2.3', {
      requestsLeftToday: one,
      windowAgeSeconds: one,
      peopleAgeSeconds: one,
      directoryAgeSeconds: one,
      openDeliveries: one,
      oldestDeliverySeconds: one,
      openSockets: one,
      heartbeatAgeSeconds: one,
      clockSkewSeconds: one,
      dataProblemSeconds: async () => new Map(),
    })
    metrics.gongRequest('GET /users', 401)
    metrics.delivery('sent', 1)
    metrics.command('/gong-stats', 'answered', 1)
    const text = await metrics.text()
    for (const { expr } of alerts) {
      const named = [...expr.matchAll(/(gong_digest_\w+)(?:\{(\w+)=~?"([^"]*)"\})?/g)]
      expect(named.length).toBeGreaterThan(0)
      for (const [, name = '', label, value = ''] of named) {
        const lines = text.split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line))
        expect([name, lines.length > 0]).toEqual([name, true])
        if (label) expect(lines.some((line) => new RegExp(`[{,]${label}="(?:${value})"`).test(line))).toBe(true)
      }
      // What is left of an expression is functions, ranges, operators and numbers of PromQL, with every bracket closed.
      const rest = expr.replaceAll(/gong_digest_\w+(\{[^}]*\})?/g, 'x')
      expect(rest).toMatch(/^(?:x|increase\(x\[\d+[mh]\]\)|ignoring\(le\)|or|[-<>]|\d+|\s)+$/)
    }
  })
})

describe('the rest', () => {
  it('names commands that exist', () => {
    const named = [...[readme, architecture, security, contributing].join('\n').matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
      ([, name]) => name ?? '',
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('names, for each question of the architecture, at least one file and a test', () => {
    const [, table = ''] = /\| question \| file \| how it is held \|\n([\s\S]*?)\n\n/.exec(architecture) ?? []
    const rows = table.split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const [, , files = '', held = ''] = row.split(' | ').length > 2 ? ['', ...row.split(' | ')] : []
      expect([row, /`src\//.test(files), /`test\//.test(held)]).toEqual([row, true, true])
    }
  })

  it('names a test that exists for every threat', () => {
    const [, table = ''] = /\| who \| wants to \| what answers \| test \|\n([\s\S]*?)\n\n/.exec(security) ?? []
    const rows = table.split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(7)
    for (const row of rows) {
      const tests = [...row.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file]) => file ?? '')
      expect([row, tests.length > 0 && tests.every((file) => existsSync(path.join(root, file)))]).toEqual([row, true])
    }
  })

  it('gives a reason for every production package, and lists the licenses of all they bring along', () => {
    const [, section = ''] = /\*\*Production packages\*\*([\s\S]*?)\n\n/.exec(architecture) ?? []
    expect(Object.keys(dependencies).filter((name) => !section.includes(`\`${name}\``))).toEqual([])
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { dev?: boolean; devOptional?: boolean; license?: string }>
    }
    const licenses = Object.entries(packages).flatMap(([where, { dev, devOptional, license }]) =>
      where === '' || dev || devOptional ? [] : (license ?? `none: ${where}`).replaceAll(/[()]/g, '').split(' OR '),
    )
    expect(licenses.length).toBeGreaterThan(100)
    expect([...new Set(licenses)].filter((license) => !section.includes(license))).toEqual([])
  })

  it('holds one undici: requests, fetch and sockets share proxies and authorities', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> }
    expect(Object.keys(packages).filter((where) => where.endsWith('node_modules/undici'))).toEqual(['node_modules/undici'])
  })
})
