// No test leaves the machine: any socket to an address that is not loopback fails with a name that says so. Requests made
// through nock never reach a socket.
import net from 'node:net'

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function closed(this: net.Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options: { host?: string; path?: string } =
    typeof first === 'object' && first !== null ? first : { host: typeof second === 'string' ? second : 'localhost' }
  if (options.path === undefined && options.host !== undefined && !loopback.test(options.host)) {
    throw new Error(`a test tried to reach ${options.host}; tests stay on loopback`)
  }
  return Reflect.apply(connect, this, args)
} as typeof connect
