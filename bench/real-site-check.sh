#!/usr/bin/env bash
# Crawls a whole documentation site of Debian's with jobs/links.yaml, through the built command, and holds the result against the site's own files:
# every page once, with the title, first h1 and number of links that another parser finds. Needs root once, for apt-get.
set -euo pipefail
cd "$(dirname "$0")/.."
site=postgresql
start=http://127.0.0.3:8080/index.html
sites=${SITES_DIR:-${TMPDIR:-/tmp}/pinspider-sites}

bench/sites.sh install $site
work=$(mktemp -d)
served=''
finish() {
  rm -rf "$work"
  if [ -n "$served" ]; then bench/sites.sh stop; fi
}
trap finish EXIT
# nginx that runs already is somebody's: it stays as it is.
if ! node -e "fetch('$start').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; then
  bench/sites.sh serve $site
  served=yes
fi

SEED=$start node dist/cli/main.js run jobs/links.yaml --out "$work" --state "$work/state" --summary "$work/summary.json"
npx tsx bench/check-rows.ts "$work/out/page.jsonl" "$sites/www/$site" "${start%/*}/"
