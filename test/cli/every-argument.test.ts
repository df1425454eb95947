// Every value that a terminal command takes: the largest that is allowed, and the words for the first that is not.
import { describe, expect, it } from 'vitest'
import { argument } from '../../src/cli/argument.ts'
import { runSetup } from '../../src/cli/setup/run.ts'
import { readDemoOptions } from '../../src/sandbox/demo-options.ts'

describe('a word after a command', () => {
  it('has 200 characters at most: a report, a period, a person, an address', () => {
    expect(argument('--period', 'x'.repeat(200))).toHaveLength(200)
    expect(() => argument('--period', 'x'.repeat(201))).toThrow('--period is longer than 200 characters.')
    expect(argument('--period', undefined)).toBeUndefined()
  })

  it.each([
    ['--port', '65535', '65536', '--port is a whole number from 0 to 65535'],
    ['--port', '0', '-1', '--port'],
    ['--people', '5000', '5001', '--people is a whole number from 14 to 5000'],
    ['--people', '14', '13', '--people is a whole number from 14 to 5000'],
    ['--people', '14', '1e309', '--people is a whole number from 14 to 5000'],
    ['--seed', '1000000', '1000001', '--seed is a whole number from 0 to 1000000'],
    ['--seed', '0', '9'.repeat(400), '--seed is a whole number from 0 to 1000000'],
    ['--contract', 'live', 'both', '--contract is documented or live'],
  ])('demo %s takes %s, and says what it takes after %s', (flag, largest, illegal, words) => {
    expect(readDemoOptions([`${flag}=${largest}`])).not.toBe('help')
    expect(() => readDemoOptions([`${flag}=${illegal}`])).toThrow(words)
  })

  it.each(['a'.repeat(13), 'Staging', '', '-a', 'x'.repeat(100_000)])('setup --name refuses %.20s', async (name) => {
    // Refused before anything is asked or written.
    await expect(runSetup({ name } as never)).rejects.toThrow('--name takes up to twelve small letters, digits and dashes')
  })
})
