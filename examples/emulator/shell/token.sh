#!/bin/sh
# A token of OAuth 2.1 with curl: got, checked, expired; a busy server, a lost answer, and back to the beginning.
# `sh token.sh` runs it; it needs curl and Node.
set -eu

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkfifo "$dir/in" "$dir/out"

# It prints one line when it is ready. With --parent it ends when its standard input does: with this script, however that ends.
npx hufu dev --json --parent --port 0 --clock 2026-01-01T00:00:00Z <"$dir/in" >"$dir/out" &
exec 3>"$dir/in"
read -r description <"$dir/out"

# One member of JSON: what is printed, and which member.
member() { node -p "JSON.parse(process.argv[1]).$2" "$1"; }
expect() {
  if [ "$2" != "$3" ]; then
    echo "not ok: $1: $2 instead of $3" >&2
    exit 1
  fi
  echo "ok: $1"
}

url=$(member "$description" url)
client=$(member "$description" oauth.confidentialClient.clientId):$(member "$description" oauth.confidentialClient.clientSecret)
checker=$(member "$description" oauth.resourceServer.clientId):$(member "$description" oauth.resourceServer.clientSecret)
admin="authorization: Bearer $(member "$description" admin.token)"

token() { curl -sS -u "$client" "$url/oauth2/token" -d grant_type=client_credentials "$@"; }
active() { member "$(curl -fsS -u "$checker" "$url/oauth2/introspect" -d "token=$1")" active; }
dev() { curl -fsS -H "$admin" -H 'content-type: application/json' "$url/admin/v1/dev/$1" -d "$2" >"$dir/answer"; }

access=$(member "$(token -f)" access_token)
expect 'a token is active' "$(active "$access")" true
dev clock '{"advanceSeconds": 599}'
expect 'a second before its end as well' "$(active "$access")" true
dev clock '{"advanceSeconds": 1}'
expect 'and then no more' "$(active "$access")" false

dev faults '{"path": "/oauth2/token", "when": "before", "do": "status", "status": 503}'
expect 'a busy server says so' "$(member "$(token)" error)" temporarily_unavailable
dev faults '{"path": "/oauth2/token", "when": "after-commit", "do": "drop"}'
expect 'of a lost answer, curl tells with its code' "$(token -o "$dir/lost" 2>"$dir/error" || echo "$?")" 52
expect 'then all is well again' "$(token -o "$dir/token" -w '%{http_code}')" 200

arrived() { member "$(curl -fsS -H "$admin" "$url/admin/v1/dev/requests")" requests.length; }
expect 'everything that was sent is told' "$(arrived)" 7
dev reset ''
expect 'and forgotten, with all the rest' "$(arrived)" 0
