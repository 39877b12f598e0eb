#!/bin/sh
# Makes what deploy/compose.yaml needs, in deploy/secrets: two random passwords, an authority, and a certificate of it for
# PostgreSQL and one for Qdrant. What is there already stays. Needs openssl. Back the folder up like any key, and never commit it.
set -eu
umask 077
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
cd "$folder"

for name in postgres-password qdrant-api-key; do
    [ -s "$name" ] || openssl rand -hex 32 | tr -d '\n' >"$name"
done

if [ ! -s authority.pem ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Vultus inside' \
        -addext 'basicConstraints=critical,CA:TRUE' -keyout authority-key.pem -out authority.pem 2>/dev/null
fi
for host in postgres qdrant; do
    if [ ! -s "$host.pem" ]; then
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$host" \
            -keyout "$host-key.pem" -out "$host.csr" 2>/dev/null
        printf 'subjectAltName=DNS:%s\n' "$host" >"$host.ext"
        openssl x509 -req -in "$host.csr" -CA authority.pem -CAkey authority-key.pem -CAcreateserial -days 800 \
            -extfile "$host.ext" -out "$host.pem" 2>/dev/null
        rm "$host.csr" "$host.ext"
    fi
done
# The containers run as users of their own, who read these files; the folder itself is closed to everybody else.
chmod 0644 -- *.pem postgres-password qdrant-api-key
[ ! -f authority-key.pem ] || chmod 0600 authority-key.pem
echo "secrets are in $folder"
