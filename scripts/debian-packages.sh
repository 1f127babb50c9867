#!/usr/bin/env bash
# debian-packages.sh PACKAGE…
# Installs those of the packages that are missing, without what they recommend; never removes one.
set -euo pipefail

missing=()
for package in "$@"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit; fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "${missing[*]}: missing, and only root can install them: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
apt-get update -qq
if apt-get install -s -y --no-install-recommends "${missing[@]}" | grep -q '^Remv'; then
  echo "apt-get would remove packages to install ${missing[*]}: not done" >&2
  exit 1
fi
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
