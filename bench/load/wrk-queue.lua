-- Sends a request for each text of a queue, once. The first file holds the bytes before and after the text, the name of
-- the answers' member that joins the queue (or nothing), and the texts, each ended by a zero byte; at the end the texts
-- that were not sent go to the second file, each ended by a zero byte.

local before, after, member
local isFirst = true
local out
-- Global, because `done` asks for them by name.
queue = {}
head = 1
tail = 0

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  local at = 0
  local name
  for text in file:read('*a'):gmatch('([^%z]*)%z') do
    at = at + 1
    if at == 1 then before = text
    elseif at == 2 then after = text
    elseif at == 3 then name = text
    else
      tail = tail + 1
      queue[tail] = text
    end
  end
  file:close()
  rest = args[2]
  if name ~= '' then
    member = '"' .. name .. '":"([^"]+)"'
    response = takeSuccessor
  end
end

function request()
  local text = queue[head]
  if text == nil then error('no text is left in the queue') end
  -- wrk asks once to look at a request, and never sends it.
  if isFirst then isFirst = false
  else
    queue[head] = nil
    head = head + 1
  end
  return before .. text .. after
end

function takeSuccessor(status, headers, body)
  local text = body:match(member)
  if text ~= nil then
    tail = tail + 1
    queue[tail] = text
  end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format(
    'measured %d %d %d %d %d\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed
  ))
  for _, thread in ipairs(threads) do
    local left = thread:get('queue')
    local file = assert(io.open(thread:get('rest'), 'wb'))
    for at = thread:get('head'), thread:get('tail') do file:write(left[at], '\0') end
    file:close()
  end
end
