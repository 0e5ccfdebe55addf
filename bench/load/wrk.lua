-- Sends the requests of a file in rotation. Each is complete bytes of HTTP/1.1, ended by a zero byte.

local prepared = {}
local count = 0
local at = 0

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  for text in file:read('*a'):gmatch('([^%z]+)%z') do
    count = count + 1
    prepared[count] = text
  end
  file:close()
end

function request()
  at = at % count + 1
  return prepared[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format(
    'measured %d %d %d %d %d\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed
  ))
end
