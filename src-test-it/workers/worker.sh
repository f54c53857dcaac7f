#!/bin/bash
# A worker in bash, with curl and jq. It calls the program HANDLER with each event on its standard input.
# MEOWMX_URL is the address of the subscription, such as http://localhost:9080/api/subscriptions/mailer; MEOWMX_USER is user:password.
post() { curl -sf --max-time 60 -u "$MEOWMX_USER" -H 'Content-Type: application/json' -d "$2" "$MEOWMX_URL$1"; }

while page=$(post /leases '{"max": 10, "wait": "PT20S"}') || sleep 1; do
  lease=/leases/$(jq -r .lease <<<"$page")
  jq -c '.events[]' <<<"$page" | while read -r event; do
    if ! "$HANDLER" <<<"$event"; then
      post "$lease/fail" "$(jq '{position, message: "the handler failed"}' <<<"$event")"; break
    fi
    post "$lease/ack" "$(jq '{position}' <<<"$event")" || break
  done
done
