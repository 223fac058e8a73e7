#!/bin/bash
calicoctl get node d13.node -o yaml > node.yaml
# ... edit node.yaml
calicoctl apply -f node.yaml

calicoctl create -f rr.yaml
calicoctl node status

calicoctl get ippool default-ipv4-ippool -o yaml > ippool.yaml
# ... edit ippool.yaml
calicoctl apply -f ippool.yaml
