import { describe, expect, it } from 'vitest'
import { demoHelp, readDemoOptions } from '../../src/sandbox/demo-options.ts'

describe('npm run demo --', () => {
  it('without a word: this machine only, 42 people, a temporary folder', () => {
    expect(readDemoOptions([])).toEqual({ host: '127.0.0.1', port: 4000, people: 42, seed: 3, contract: 'documented' })
  })

  it('takes every option that --help names, and --help names every option', () => {
    expect(readDemoOptions('--port 4100 --host ::1 --people 500 --seed 7 --contract live --data ./demo'.split(' '))).toEqual({
      host: '::1',
      port: 4100,
      people: 500,
      seed: 7,
      contract: 'live',
      dataDir: './demo',
    })
    expect(readDemoOptions(['--help'])).toBe('help')
    for (const name of ['port', 'host', 'people', 'seed', 'contract', 'data', 'help']) expect(demoHelp).toContain(`--${name}`)
  })

  it.each([
    ['--people', '3'],
    ['--people', 'many'],
    ['--port', '70000'],
    ['--contract', 'other'],
    ['--nothing', '1'],
  ])('refuses %s %s in words', (...argv) => {
    expect(() => readDemoOptions(argv)).toThrow(argv[0])
  })
})
